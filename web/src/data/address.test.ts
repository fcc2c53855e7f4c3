import { expect, test } from "vitest";
import { at, isBranch, placeAddress, placePage, readPlace, repoOf, shortCommit } from "./address.ts";

const place = { project: "default", repo: "images", commit: "master", path: ["a b", "50%", "x#y?.png"] };

test("an address of a file is read as it was written, whatever its name", () => {
  expect(placePage(place)).toBe("/data/default/images/master/a%20b/50%25/x%23y%3F.png");
  expect(readPlace(placePage(place))).toEqual(place);
  expect(readPlace("/data/default/images/master/100%/")).toEqual({ ...place, path: ["100%"] });
});

test("the server is told a path in the query, where a slash is a slash", () => {
  expect(placeAddress(place, "files", { sort: "-size", prefix: "" })).toBe(
    "/api/data/repos/default/images/commits/master/files?path=%2Fa+b%2F50%25%2Fx%23y%3F.png&sort=-size",
  );
  expect(at(place, "/d/e").path).toEqual(["d", "e"]);
});

test("files go to a branch, not to what is counted from it; only an id is cut", () => {
  const id = "427be090023a4e50a4901ff56d26c835";
  expect(["before-review", "master^", id].map(isBranch)).toEqual([true, false, false]);
  expect([shortCommit("before-review"), shortCommit(id)]).toEqual(["before-review", "427be090023a"]);
});

test("a repo's name has its project before the slash", () => {
  expect(repoOf("vision/digits.meta")).toEqual({ project: "vision", repo: "digits.meta" });
});
