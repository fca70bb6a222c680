import { createHash } from 'node:crypto';
import { type LoadedStudy, loadStudy, type Study } from '../../src/study/index.ts';
import type { Problem } from '../../src/vocabulary/index.ts';

/** A small study in order: one base package and a street card, as the texts of its files. */
const FILES: Readonly<Record<string, string>> = {
  'base/study.yaml': `
id: base
version: 3
title: {kk: Негіз, ru: Основа, en: Base}
`,
  'base/geography.yaml': `
units:
  - {id: north, label: {kk: Солтүстік, ru: Север, en: North}}
  - {id: south, label: {kk: Оңтүстік, ru: Юг, en: South}}
  - {id: east, label: {kk: Шығыс, ru: Восток, en: East}, valid_from: "2020-01-01", split_from: south}
settlements:
  - {id: river, label: {kk: Өзен, ru: Речное, en: River}, zone: Asia/Almaty, units: [{unit: south, to: "2020-01-01"}, {unit: east, from: "2020-01-01"}]}
  - {id: hill, label: {kk: Төбе, ru: Холм, en: Hill}, zone: Asia/Oral, units: [{unit: north}]}
vintages:
  - {id: old, units: [north, south]}
  - {id: new, from: "2020-01-01", units: [north, south, east]}
`,
  'base/codelists/answers.yaml': `
id: yes_no
title: {kk: Иә не жоқ, ru: Да или нет, en: Yes or no}
codes:
  - {code: "yes", label: {kk: Иә, ru: Да, en: Yes}}
  - {code: "no", label: {kk: Жоқ, ru: Нет, en: No}}
`,
  'street/study.yaml': `
id: street
version: 1
title: {kk: Көше, ru: Улица, en: Street}
uses: [base@3]
periods:
  - {id: "2018", start: 2018-01-01, end: 2018-12-31, exposure: {months: 12, source: stated}}
counted: {review: [verified], evidence: ">= single_source", realisation: [held]}
`,
  'street/codelists/street.yaml': `
- id: form
  title: {kk: Түрі, ru: Форма, en: Form}
  codes:
    - {code: rally, label: {kk: Митинг, ru: Митинг, en: Rally}}
    - {code: picket, label: {kk: Пикет, ru: Пикет, en: Picket}}
    - {code: single_picket, parent: picket, label: {kk: Жеке пикет, ru: Одиночный пикет, en: Single picket}}
- id: realisation
  title: {kk: Өткізілуі, ru: Проведение, en: Realisation}
  codes:
    - {code: held, label: {kk: Өтті, ru: Состоялось, en: Held}}
    - {code: prevented, label: {kk: ~Болмады, ru: Не состоялось, en: Prevented}}
- id: sanction
  title: {kk: Жаза, ru: Наказание, en: Sanction}
  codes:
    - {code: fine, label: {kk: Айыппұл, ru: Штраф, en: Fine}}
    - {code: arrest, label: {kk: Қамақ, ru: Арест, en: Arrest}}
`,
  'street/instruments/gathering.yaml': `
id: gathering
version: 1
kind: card
unit: gathering
title: {kk: Жиын карточкасы, ru: Карточка, en: Card}
date: date
place: place
key: [number]
sections: [{id: main, label: {kk: Негізгі, ru: Главное, en: Main}}]
fields:
  - {name: number, type: integer, section: main, label: {kk: Нөмірі, ru: Номер, en: Number}, required: true, sensitivity: restricted}
  - {name: date, type: date, label: {kk: Күні, ru: Дата, en: Date}, required: true, constraint: ". <= today()", sensitivity: statistical}
  - {name: place, type: place, label: {kk: Орны, ru: Место, en: Place}, sensitivity: statistical}
  - {name: form, type: select_one, list: form, label: {kk: Түрі, ru: Форма, en: Form}, sensitivity: statistical}
  - {name: realisation, type: select_one, list: realisation, label: {kk: Өткізілуі, ru: Проведение, en: Realisation}, sensitivity: statistical}
  - {name: tools, type: select_multiple, list: form, label: {kk: Құралдар, ru: Средства, en: Tools}, sensitivity: statistical}
  - {name: participants, type: count, label: {kk: Адам саны, ru: Участники, en: Participants}, sensitivity: statistical}
  - {name: police, type: count, label: {kk: Полиция, ru: Полиция, en: Police}, relevant: "\${realisation} = 'held'", sensitivity: statistical}
  - {name: minutes, type: duration, label: {kk: Ұзақтығы, ru: Длительность, en: Duration}, sensitivity: statistical}
  - {name: sanctions, type: repeat, label: {kk: Жазалар, ru: Наказания, en: Sanctions}, sensitivity: statistical, fields: [
      {name: kind, type: select_one, list: sanction, label: {kk: Түрі, ru: Вид, en: Kind}, sensitivity: statistical},
      {name: persons, type: integer, unit: persons, label: {kk: Адам, ru: Человек, en: Persons}, sensitivity: statistical}]}
  - {name: sanctioned, type: integer, label: {kk: Барлығы, ru: Всего, en: In all}, derived: "sum(sanctions.persons)", sensitivity: statistical}
  - {name: organiser, type: text, label: {kk: Ұйымдастырушы, ru: Организатор, en: Organiser}, sensitivity: identity}
`,
  'street/conditions.yaml': `
- {id: large, instrument: gathering, label: {kk: Үлкен, ru: Большое, en: Large}, expression: "participants.best >= 100"}
- {id: large_rally, instrument: gathering, label: {kk: Үлкен митинг, ru: Большой митинг, en: Large rally}, expression: "large and form = 'rally'"}
`,
  'street/regroupings.yaml': `
- id: places
  rest: keep
  groups: [{code: river_south, label: {kk: Өзен мен Оңтүстік, ru: Речное и Юг, en: River and South}, of: [river, "unit:south"]}]
`,
  'street/words.yaml': `
- {id: unit.gathering, text: {kk: жиын, ru: собрания, en: gatherings}}
`,
  'street/tables/tables.yaml': `
- id: str.count
  title: {kk: Жиындар, ru: Собрания, en: Gatherings}
  unit: gathering
  where: counted
  measures:
    n: {count: true, label: {kk: Саны, ru: Число, en: Number}}
    share: {share: n, within: column, label: {kk: Үлесі, ru: Доля, en: Share}}
    ipk: {ratio: ["sum(police.best)", "sum(participants.best)"], label: {kk: Бақылау, ru: Контроль, en: Control}}
  dimensions:
    - {by: place, regroup: places, order: n desc}
    - {by: period}
  totals: [place]
- id: str.sanctions
  title: {kk: Жазалар, ru: Наказания, en: Sanctions}
  unit: sanction
  of: gathering.sanctions
  where: counted and large
  measures: {persons: {sum: persons, label: {kk: Адам, ru: Человек, en: Persons}}}
  dimensions: [{by: kind}]
`,
};

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Replacements of text inside files: `{ 'street/tables/tables.yaml': [['police.best', 'polce.best']] }`. */
export type Edits = Readonly<Record<string, string | readonly (readonly [string, string])[]>>;

/** The small study with edits: a text replaces or adds a file, pairs replace text inside one. A pair that fits nothing is a mistake. */
export const studyFiles = (edits: Edits = {}): ReadonlyMap<string, string> => {
  const files = new Map(Object.entries(FILES));
  for (const [file, edit] of Object.entries(edits)) {
    if (typeof edit === 'string') files.set(file, edit);
    else
      for (const [from, to] of edit) {
        const text = files.get(file) ?? '';
        if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
        files.set(
          file,
          text.replace(from, () => to),
        );
      }
  }
  return files;
};

export const loadStreet = (edits: Edits = {}): LoadedStudy => loadStudy(studyFiles(edits), 'street', sha256);

/** The small study itself. */
export const aStudy = (edits: Edits = {}): Study => {
  const { study, problems } = loadStreet(edits);
  if (study === undefined) throw new Error(JSON.stringify(problems, undefined, 1));
  return study;
};

/** Problems as `code file:line details`, to be compared in a test. */
export const problemsOf = (edits: Edits): readonly Problem[] => loadStreet(edits).problems;
