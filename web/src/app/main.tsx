import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { QueryClientProvider } from "@tanstack/react-query";
import { queries } from "../api/queries.ts";
import { router } from "./router.tsx";
import { applyTheme } from "./theme.ts";
import "../ui/base.css";
import "../ui/controls.css";
import "./shell.css";

applyTheme();
const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no element #root");
}

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
