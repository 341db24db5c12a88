import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { askFor, onSignedOut } from './api/client.ts';
import { meQuery, objectsQuery } from './api/metadata.ts';
import { Problem } from './api/problem.ts';
import { readReportInput } from './api/reports.ts';
import { chooseLanguage, isLanguage } from './i18n/index.ts';
import { isNode, readListState, type FilterNode } from './screens/list/list-state.ts';
import { readAuditState } from './screens/audit/event-search.ts';
import { HomeScreen } from './screens/home/home-screen.tsx';
import { LoginScreen } from './screens/login.tsx';
import { Frame } from './ui/frame.tsx';
import { ErrorPage, NotFoundPage } from './ui/error-pages.tsx';
import { Waiting } from './ui/waiting.tsx';

type Context = { readonly client: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search['to'] === 'string' && search['to'].startsWith('/') && !search['to'].startsWith('//') ? { to: search['to'] } : {},
  beforeLoad: async () => {
    const { needed } = await askFor<{ needed: boolean }>('/api/platform/setup').catch(() => ({ needed: false }));
    if (needed) redirect({ to: '/setup', search: {}, throw: true });
  },
  component: LoginScreen,
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { token?: string } =>
    typeof search['token'] === 'string' ? { token: search['token'] } : {},
  beforeLoad: async () => {
    const { needed } = await askFor<{ needed: boolean }>('/api/platform/setup').catch(() => ({ needed: true }));
    if (!needed) redirect({ to: '/login', search: {}, throw: true });
  },
  component: lazyRouteComponent(() => import('./screens/set-up.tsx'), 'SetUpScreen'),
});

/** What a customer was sent a link to: nobody signs in here. */
const publicPay = createRoute({
  getParentRoute: () => root,
  path: '/public/payments/pay/$token',
  component: lazyRouteComponent(() => import('./screens/public/pay-screen.tsx'), 'PublicPayScreen'),
});

const publicOffer = createRoute({
  getParentRoute: () => root,
  path: '/public/offers/acceptance/$token',
  component: lazyRouteComponent(() => import('./screens/public/offer-screen.tsx'), 'PublicOfferScreen'),
});

const publicUnsubscribe = createRoute({
  getParentRoute: () => root,
  path: '/public/notifications/unsubscribe/$token',
  component: lazyRouteComponent(() => import('./screens/public/unsubscribe-screen.tsx'), 'PublicUnsubscribeScreen'),
});

/** Everything behind the sign-in: the person and the metadata are there before a page is drawn. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.client.ensureQueryData(meQuery);
      if (isLanguage(me.user.language) && localStorage.getItem('tessera.language') === null) await chooseLanguage(me.user.language);
      await context.client.ensureQueryData(objectsQuery);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      redirect({ to: '/login', search: location.pathname === '/' ? {} : { to: location.href }, throw: true });
    }
  },
  component: Frame,
});

const home = createRoute({ getParentRoute: () => app, path: '/', component: HomeScreen });

/** Everything that shows or takes values of fields: what those need is loaded here, for signing in and the first page need none of it. */
const working = createRoute({
  getParentRoute: () => app,
  id: 'working',
  component: lazyRouteComponent(() => import('./ui/working.tsx'), 'Working'),
});

const list = createRoute({
  getParentRoute: () => working,
  path: '/o/$object',
  validateSearch: readListState,
  component: lazyRouteComponent(() => import('./screens/list/list-screen.tsx'), 'ListScreen'),
});
const create = createRoute({
  getParentRoute: () => working,
  path: '/o/$object/new',
  validateSearch: (search: Record<string, unknown>): { values?: FilterNode } =>
    isNode(search['values']) ? { values: search['values'] } : {},
  component: lazyRouteComponent(() => import('./screens/record/create-screen.tsx'), 'CreateScreen'),
});
const importing = createRoute({
  getParentRoute: () => working,
  path: '/o/$object/import',
  validateSearch: (search: Record<string, unknown>): { job?: string } => (typeof search['job'] === 'string' ? { job: search['job'] } : {}),
  component: lazyRouteComponent(() => import('./screens/import/import-screen.tsx'), 'ImportScreen'),
});
const record = createRoute({
  getParentRoute: () => working,
  path: '/o/$object/$id',
  component: lazyRouteComponent(() => import('./screens/record/record-screen.tsx'), 'RecordScreen'),
});
/** A screen that its address says all of. */
const screenAt = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => working, path, component });

const approvals = screenAt(
  '/approvals',
  lazyRouteComponent(() => import('./screens/approvals/approvals-screen.tsx'), 'ApprovalsScreen'),
);
const myDay = screenAt(
  '/my-day',
  lazyRouteComponent(() => import('./screens/my-day/my-day-screen.tsx'), 'MyDayScreen'),
);
const reports = screenAt(
  '/reports',
  lazyRouteComponent(() => import('./screens/reports/reports-screen.tsx'), 'ReportsScreen'),
);
const report = createRoute({
  getParentRoute: () => working,
  path: '/reports/$module/$name',
  validateSearch: readReportInput,
  component: lazyRouteComponent(() => import('./screens/reports/report-screen.tsx'), 'ReportScreen'),
});
const bank = screenAt(
  '/bank',
  lazyRouteComponent(() => import('./screens/bank/bank-screen.tsx'), 'BankScreen'),
);
const audit = createRoute({
  getParentRoute: () => working,
  path: '/audit',
  validateSearch: readAuditState,
  component: lazyRouteComponent(() => import('./screens/audit/audit-screen.tsx'), 'AuditScreen'),
});
const allocate = screenAt(
  '/allocate/$item',
  lazyRouteComponent(() => import('./screens/allocate/allocate-screen.tsx'), 'AllocateScreen'),
);
const stock = screenAt(
  '/stock',
  lazyRouteComponent(() => import('./screens/stock/stock-screen.tsx'), 'StockScreen'),
);
const prices = screenAt(
  '/prices/try',
  lazyRouteComponent(() => import('./screens/prices/price-screen.tsx'), 'PriceScreen'),
);
const objects = screenAt(
  '/settings/objects',
  lazyRouteComponent(() => import('./screens/objects/objects-screen.tsx'), 'ObjectsScreen'),
);
type ObjectSearch = { tab?: string; field?: string; layout?: string; record?: string };
const object = createRoute({
  getParentRoute: () => working,
  path: '/settings/objects/$object',
  validateSearch: (search: Record<string, unknown>): ObjectSearch => {
    const text = (name: keyof ObjectSearch) => (typeof search[name] === 'string' ? { [name]: search[name] } : {});
    return { ...text('tab'), ...text('field'), ...text('layout'), ...text('record') };
  },
  component: lazyRouteComponent(() => import('./screens/objects/object-screen.tsx'), 'ObjectScreen'),
});
const misfits = createRoute({
  getParentRoute: () => working,
  path: '/settings/misfits',
  validateSearch: (search: Record<string, unknown>): { change?: FilterNode } =>
    isNode(search['change']) ? { change: search['change'] } : {},
  component: lazyRouteComponent(() => import('./screens/objects/misfits-screen.tsx'), 'MisfitsScreen'),
});
const optionLists = screenAt(
  '/settings/option-lists',
  lazyRouteComponent(() => import('./screens/option-lists/option-lists-screen.tsx'), 'OptionListsScreen'),
);
const optionList = screenAt(
  '/settings/option-lists/$list',
  lazyRouteComponent(() => import('./screens/option-lists/option-list-screen.tsx'), 'OptionListScreen'),
);
const templates = screenAt(
  '/settings/documents',
  lazyRouteComponent(() => import('./screens/documents/templates-screen.tsx'), 'TemplatesScreen'),
);
const template = screenAt(
  '/settings/documents/$object/$language',
  lazyRouteComponent(() => import('./screens/documents/template-screen.tsx'), 'TemplateScreen'),
);
const changes = screenAt(
  '/settings/changes',
  lazyRouteComponent(() => import('./screens/changes-screen.tsx'), 'ChangesScreen'),
);
const files = screenAt(
  '/settings/files',
  lazyRouteComponent(() => import('./screens/files/files-screen.tsx'), 'FilesScreen'),
);
const users = screenAt(
  '/settings/users',
  lazyRouteComponent(() => import('./screens/users/users-screen.tsx'), 'UsersScreen'),
);
const keys = screenAt(
  '/settings/keys',
  lazyRouteComponent(() => import('./screens/keys-screen.tsx'), 'KeysScreen'),
);
const services = screenAt(
  '/settings/services',
  lazyRouteComponent(() => import('./screens/services-screen.tsx'), 'ServicesScreen'),
);
const deadLetters = screenAt(
  '/settings/dead-letters',
  lazyRouteComponent(() => import('./screens/dead-letters-screen.tsx'), 'DeadLettersScreen'),
);
const profile = screenAt(
  '/profile',
  lazyRouteComponent(() => import('./screens/profile-screen.tsx'), 'ProfileScreen'),
);
const design = screenAt(
  '/design',
  lazyRouteComponent(() => import('./screens/design/design-screen.tsx'), 'DesignScreen'),
);

/** Every other address, in the frame that leads on. */
const elsewhere = createRoute({ getParentRoute: () => app, path: '$', component: NotFoundPage });

const tree = root.addChildren([
  login,
  setUp,
  publicOffer,
  publicPay,
  publicUnsubscribe,
  app.addChildren([
    home,
    working.addChildren([
      list,
      create,
      importing,
      record,
      approvals,
      myDay,
      reports,
      report,
      bank,
      allocate,
      stock,
      audit,
      prices,
      objects,
      object,
      misfits,
      optionLists,
      optionList,
      templates,
      template,
      changes,
      files,
      users,
      keys,
      services,
      deadLetters,
      profile,
      design,
    ]),
    elsewhere,
  ]),
]);

/** All pages of the screens. Who is no longer known to the server is led to the sign-in and back. */
export function createAppRouter(client: QueryClient) {
  const router = createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: Waiting,
  });
  onSignedOut(() => {
    const { pathname, href } = router.state.location;
    if (pathname === '/login' || pathname === '/setup') return;
    client.removeQueries({ queryKey: ['me'] });
    void router.navigate({ to: '/login', search: pathname === '/' ? {} : { to: href } });
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
