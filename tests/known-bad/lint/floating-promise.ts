export async function forget(): Promise<void> {
  work();
}

async function work(): Promise<void> {}
