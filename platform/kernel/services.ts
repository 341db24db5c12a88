/** The eleven services: name (also the first part of its API's path), port in the distributed shape, and database without the prefix. */
export const SERVICES = [
  { name: 'platform', port: 3010, database: 'platform' },
  { name: 'customers', port: 3007, database: 'customers' },
  { name: 'crm', port: 3011, database: 'crm' },
  { name: 'offers', port: 3001, database: 'offers' },
  { name: 'orders', port: 3002, database: 'orders' },
  { name: 'delivery-notes', port: 3003, database: 'delivery_notes' },
  { name: 'invoices', port: 3004, database: 'invoices' },
  { name: 'payments', port: 3008, database: 'payments' },
  { name: 'accounting', port: 3009, database: 'accounting' },
  { name: 'audit', port: 3005, database: 'audit' },
  { name: 'notifications', port: 3006, database: 'notifications' },
] as const;

/** Name of a service, which is the name of its module. */
export type ServiceName = (typeof SERVICES)[number]['name'];

/** The service of that name, if there is one. */
export function serviceNamed(name: string): (typeof SERVICES)[number] | undefined {
  return SERVICES.find((service) => service.name === name);
}
