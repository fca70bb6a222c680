import { type Problem, problem } from '../vocabulary/index.ts';
import { attachExpressions, parseConditions, typeConditions } from './attach-expressions.ts';
import { buildCodeLists } from './build-code-lists.ts';
import { buildGeography, buildLaw } from './build-geography.ts';
import { buildInstruments } from './build-instruments.ts';
import { buildBreaks, buildCounted, buildPeriods, buildRegroupings, buildWords } from './build-study.ts';
import { buildTables } from './build-tables.ts';
import { checkWords } from './check-words.ts';
import { loadPublished } from './load-published.ts';
import { type Findings, labelOf } from './located.ts';
import { nearest } from './nearest.ts';
import { instrumentIds, type PackageInput, readPackage, type StudyFiles } from './read-package.ts';
import type { ScopeSource } from './scope.ts';
import type { Study } from './study.ts';
import { packagesHash, type Sha256 } from './study-hash.ts';

export interface LoadedStudy {
  /** Absent as soon as there is one problem: a study is checked as a whole. */
  readonly study?: Study;
  /**
   * The study in spite of its problems, as far as its files give one. Only for a package that is in a log already: an older
   * release accepted it, and rules that came later must not lock people out of their records.
   */
  readonly built?: Study;
  /** In the order of files and lines. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks a study package with the base packages it uses. `files` maps paths relative to the studies root
 * (`assemblies/study.yaml`) to their text; nothing else is read. All that is wrong is reported, with file, line and column.
 */
export const loadStudy = (files: StudyFiles, id: string, sha256: Sha256): LoadedStudy => {
  const findings: Findings = { problems: [], reviewNeeded: [] };
  const packages = readPackages(files, id, findings);
  const own = packages.at(-1);
  const whole = own?.id === id && packages.every((p) => p.whole);
  const study = whole ? build(files, packages, own, findings, sha256) : undefined;
  const problems = inFileOrder(findings.problems);
  if (study === undefined) return { problems };
  return problems.length > 0 ? { built: study, problems } : { study, built: study, problems };
};

const inFileOrder = (problems: readonly Problem[]): readonly Problem[] => {
  const seen = new Set<string>();
  const place = (p: Problem): readonly [string, number, number] => [
    p.at?.file ?? '',
    p.at?.line ?? 0,
    p.at?.column ?? 0,
  ];
  return problems
    .filter((p) => {
      const key = JSON.stringify([p.code, p.details, p.at]);
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => {
      const [fileA, lineA, columnA] = place(a);
      const [fileB, lineB, columnB] = place(b);
      return fileA === fileB ? lineA - lineB || columnA - columnB : fileA < fileB ? -1 : 1;
    });
};

/** The package and its bases, each once, bases first. */
const readPackages = (files: StudyFiles, id: string, findings: Findings): readonly PackageInput[] => {
  const read = new Map<string, PackageInput>();
  const visit = (name: string, path: readonly string[]): PackageInput | undefined => {
    const known = read.get(name);
    if (known !== undefined) return known;
    const input = readPackage(files, name, findings);
    if (input === undefined) return undefined;
    for (const [i, use] of (input.study.value.uses ?? []).entries()) {
      const [base = '', version = ''] = use.split('@');
      const at = input.study.source.at(['uses', i]);
      const seen = path.indexOf(base);
      if (seen >= 0)
        findings.problems.push(problem('study_cycle', { path: [...path.slice(seen), base].join(' → ') }, at));
      else if (!files.has(`${base}/study.yaml`))
        findings.problems.push(problem('study_base_missing', { base, version, found: 'none' }, at));
      else {
        const found = visit(base, [...path, base]);
        if (found !== undefined && String(found.study.value.version) !== version)
          findings.problems.push(
            problem('study_base_missing', { base, version, found: String(found.study.value.version) }, at),
          );
      }
    }
    read.set(name, input);
    return input;
  };
  visit(id, [id]);
  return [...read.values()];
};

const build = (
  files: StudyFiles,
  packages: readonly PackageInput[],
  own: PackageInput,
  findings: Findings,
  sha256: Sha256,
): Study => {
  const { study } = own;
  const codeLists = buildCodeLists(
    findings,
    packages.flatMap((p) => p.codeLists),
  );
  const geography = buildGeography(
    findings,
    packages.flatMap((p) => p.geography ?? []),
  );
  const law = buildLaw(
    findings,
    packages.flatMap((p) => p.law ?? []),
  );
  const periods = buildPeriods(findings, study);
  const sources = buildInstruments(
    findings,
    packages.flatMap((p) => p.instruments),
    codeLists,
    (other) => instrumentIds(files, other),
  );
  const plain = {
    codeLists,
    geography,
    periods,
    instruments: new Map([...sources].map(([id, s]) => [id, s.instrument])),
  };
  const parsed = parseConditions(
    findings,
    packages.flatMap((p) => p.conditions),
    sources,
  );
  const { conditions, faulty } = typeConditions(findings, parsed, plain);
  const scopes: ScopeSource = { ...plain, conditionSyntax: parsed, faultyConditions: faulty };
  const instruments = attachExpressions(findings, sources, scopes);
  const regroupings = buildRegroupings(
    findings,
    packages.flatMap((p) => p.regroupings),
    plain,
  );
  const published = packages.map((p) => loadPublished(findings, files, p.id));
  const publishedFiles = new Set(published.flatMap((p) => p.files.map((f) => f.id)));
  const tables = buildTables(
    findings,
    packages.flatMap((p) => p.tables),
    { ...scopes, instruments, regroupings, publishedFiles },
  );
  const words = buildWords(
    findings,
    packages.flatMap((p) => p.words),
  );
  checkWords(findings, {
    words,
    instruments: packages.flatMap((p) => p.instruments),
    inputs: packages.flatMap((p) => p.tables),
    tables,
  });
  const vintage = study.value.geography?.vintage ?? 'as_of_event';
  checkVintage(
    findings,
    own,
    vintage,
    geography.vintages.map((v) => v.id),
  );
  return {
    id: own.id,
    version: study.value.version,
    hash: packagesHash(
      files,
      packages.map((p) => p.id),
      sha256,
    ),
    title: labelOf(findings, study.value.title, own.id),
    uses: packages
      .filter((p) => p !== own)
      .map((p) => ({ id: p.id, version: p.study.value.version, hash: packagesHash(files, [p.id], sha256) })),
    periods,
    geography,
    vintage,
    counted: buildCounted(findings, study, instruments.values(), plain),
    disclosure: {
      thresholdPersons: study.value.disclosure?.threshold_persons ?? DEFAULT_THRESHOLD,
      ofOnePerson: new Set(study.value.disclosure?.of_one_person ?? []),
    },
    codeLists,
    instruments,
    conditions,
    regroupings,
    tables,
    ...law,
    breaks: buildBreaks(
      findings,
      packages.flatMap((p) => p.breaks),
      periods,
      new Set(tables.map((t) => t.id)),
    ),
    words,
    published: published.flatMap((p) => p.files),
    publishedRules: {
      rules: published.flatMap((p) => p.rules.rules),
      readings: published.flatMap((p) => p.rules.readings),
      notReproducible: published.flatMap((p) => p.rules.notReproducible),
    },
    crosswalk: published.flatMap((p) => p.crosswalk),
    reviewNeeded: findings.reviewNeeded,
  };
};

/** Fewest persons behind a published cell where a study names no other number. */
const DEFAULT_THRESHOLD = 5;

const checkVintage = (
  findings: Findings,
  own: PackageInput,
  vintage: string,
  known: readonly string[],
): void => {
  if (vintage !== 'as_of_event' && !known.includes(vintage))
    findings.problems.push(
      problem(
        'study_name_unknown',
        { kind: 'vintage', name: vintage, nearest: nearest(vintage, known) },
        own.study.source.at(['geography', 'vintage']),
      ),
    );
};
