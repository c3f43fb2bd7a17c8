/** Demands that become weaker the longer a conversation waits. Behaviour reference, section 4.3 (skills); steps are the work stream's. */
import type { RequiredSkill } from '../conversation/conversation.ts';
import type { RelaxationStep } from './configuration.ts';

/** The skills still asked for after the first `count` steps, each step acting on what the one before left. */
export function relaxSkills(
  skills: readonly RequiredSkill[],
  steps: readonly RelaxationStep[],
  count: number,
): readonly RequiredSkill[] {
  let left = skills;
  for (const step of steps.slice(0, Math.max(0, count))) left = relaxOnce(left, step);
  return left;
}

function relaxOnce(skills: readonly RequiredSkill[], step: RelaxationStep): readonly RequiredSkill[] {
  if (step.dropSkills === 'all') return [];
  const dropped = new Set(step.dropSkills ?? []);
  const lowering = step.lowerRatingBy ?? 0;
  return skills
    .filter((skill) => !dropped.has(skill.skillId))
    .map((skill) => {
      if (skill.rating === undefined || lowering === 0) return skill;
      // Rounded, so that 0.8 lowered by 0.2 three times is 0.2 and not a little more.
      const rating = Math.max(0, Math.round((skill.rating - lowering) * 1e6) / 1e6);
      return { ...skill, rating };
    });
}
