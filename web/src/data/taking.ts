import { createContext } from "react";
import type { NewFile } from "./upload.ts";

/** Takes files to put where the page is; undefined where none may be put. */
export const Taking = createContext<((files: NewFile[]) => void) | undefined>(undefined);
