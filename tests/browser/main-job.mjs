// placeholder until the hall is open
export async function mainJob() {}
