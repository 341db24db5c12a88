/** Something took longer than it may. */
export class DeadlineExceeded extends Error {
  constructor(milliseconds: number) {
    super(`RabbitMQ did not confirm within ${milliseconds} ms.`);
    this.name = 'DeadlineExceeded';
  }
}

/** Waits for work, at most so long; then throws DeadlineExceeded, and what still comes of the work is ignored. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const deadline = Promise.withResolvers<void>();
  const timer = setTimeout(() => deadline.reject(new DeadlineExceeded(milliseconds)), milliseconds);
  try {
    await Promise.race([work, deadline.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
