export const tests = 'none';
