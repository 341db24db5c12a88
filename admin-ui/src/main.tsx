import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.ts';
import './styles/kit-frame.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/fields.css';
import './styles/record.css';
import './styles/life.css';
import './styles/lines.css';
import './styles/list.css';
import './styles/board.css';
import './styles/import.css';
import './styles/layout-editor.css';
import './styles/setup.css';
import { startTexts } from './i18n/index.ts';
import { nonce } from './nonce.ts';
import { createAppRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
});
const router = createAppRouter(client);

/** The application: look, language, server state and pages. */
function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables} getStyleNonce={() => nonce}>
      <Notifications position="bottom-right" />
      <RouterProvider router={router} />
    </MantineProvider>
  );
}

await startTexts();
const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
