import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A document that an agency has published. */
export interface Published {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
}

export const published: readonly Published[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "documents.json"), "utf8"),
) as readonly Published[];

/**
 * Gives the repositories' files at the commits named, each below `folder/owner/name`. A repository that is not in `repositories` yet is
 * cloned from GitHub without its files; only the folders of the documents are then taken out, since a contract may lie in many files.
 */
export function takeOut(documents: readonly Published[], repositories: string, folder: string, progress: (of: string) => void): void {
  const byRepository = Map.groupBy(documents, ({ repository }) => repository);
  for (const [repository, these] of byRepository) {
    progress(repository);
    const git = join(repositories, repository);
    if (!existsSync(git))
      execFileSync("git", ["clone", "-q", "--bare", "--filter=blob:none", `https://github.com/${repository}`, git], { stdio: "inherit" });
    const target = join(folder, repository);
    mkdirSync(target, { recursive: true });
    const folders = [...new Set(these.map(({ path }) => dirname(path)))];
    const archive = execFileSync("git", ["--git-dir", git, "archive", these[0]!.commit, "--", ...folders], { maxBuffer: 2 ** 30 });
    execFileSync("tar", ["-x", "-C", target], { input: archive });
  }
}
