import type { Table, TableMeasure } from '../../src/tables/index.ts';
import type { Label } from '../../src/vocabulary/index.ts';
import { aTableOf, label, type Value } from './builders.ts';

/** Invented tables, one a kind of figure, with the difficulties that each kind must bear. */
const CITIES = {
  almaty: label('Алматы', 'Алматы', 'Almaty'),
  astana: label('Астана', 'Астана', 'Astana'),
  oskemen: label('Өскемен', 'Усть-Каменогорск', 'Oskemen'),
  taldykorgan_almaty_obl: label(
    'Талдықорған және Алматы облысы',
    'Талдыкорган и Алматинская область',
    'Taldykorgan and Almaty Region',
  ),
  uralsk: label('Орал', 'Уральск', 'Oral'),
  aktau: label('Ақтау', 'Актау', 'Aktau'),
  _total: label('Барлығы', 'Всего', 'Total'),
};

export const cities = aTableOf({
  codes: CITIES,
  rows: {
    almaty: ['12'],
    astana: ['9'],
    oskemen: ['5'],
    taldykorgan_almaty_obl: ['3'],
    uralsk: ['suppressed'],
    aktau: ['0'],
    _total: ['31'],
  },
});

export const citiesOfYears = aTableOf({
  codes: CITIES,
  columns: ['2016', '2017', '2018'],
  rows: {
    almaty: ['published:17', 'published:14', '12'],
    astana: ['published:10', 'published:11', '9'],
    oskemen: ['published:4', 'no_cases', '5'],
    taldykorgan_almaty_obl: ['published:6', 'published:2', '3'],
    uralsk: ['published:3', 'published:4', 'suppressed'],
    aktau: ['published:2', 'published:1', '0'],
  },
});

export const ratesByCity = aTableOf({
  title: label(
    'Ұстау болған жиналыстардың үлесі',
    'Доля собраний с задержаниями',
    'Share of assemblies with detentions',
  ),
  measure: {
    label: label('Үлесі, %', 'Доля, %', 'Share, %'),
    unit: 'percent',
    decimals: 1,
    polarity: 'high_is_bad',
  },
  codes: CITIES,
  rows: {
    almaty: ['58.3'],
    astana: ['44.4'],
    oskemen: ['20.0'],
    uralsk: ['undefined'],
    aktau: ['12345.5'].map(() => '7.1'),
    _total: ['38.7'],
  },
});

const FORMS = {
  rally: label('Митинг', 'Митинг', 'Rally'),
  picket: label('Пикет', 'Пикет', 'Picket'),
  single_picket: label('Жалғыз пикет', 'Одиночный пикет', 'Single picket'),
  march: label('Шеру', 'Шествие', 'March'),
  gathering: label('Жиын', 'Сход', 'Gathering'),
  hunger_strike: label('Аштық жариялау', 'Голодовка', 'Hunger strike'),
  other: label('Басқа', 'Иное', 'Other'),
};
export const forms = aTableOf({
  title: label('Жиналыс нысандары', 'Формы собраний', 'Forms of assembly'),
  measure: { label: label('Үлесі, %', 'Доля, %', 'Share, %'), unit: 'percent', decimals: 0 },
  codes: FORMS,
  by: ['form', 'period'],
  columns: ['2016', '2017', '2018'],
  rows: {
    rally: ['40', '33', '25'],
    picket: ['21', '19', '28'],
    single_picket: ['10', '17', '19'],
    march: ['9', '3', '6'],
    gathering: ['12', '19', '13'],
    hunger_strike: ['6', '3', '6'],
    other: ['2', '6', '3'],
  },
});
export const formCounts = aTableOf({
  title: label('Жиналыс нысандары', 'Формы собраний', 'Forms of assembly'),
  codes: FORMS,
  by: ['form', 'period'],
  columns: ['2017', '2018'],
  rows: {
    rally: ['12', '8'],
    picket: ['7', '9'],
    single_picket: ['6', '6'],
    march: ['1', '2'],
    gathering: ['suppressed', '4'],
  },
});

const YEARS = ['2010', '2011-2012', '2012-2013', '2014', '2015', '2016', '2017', '2018', '2019', '2020'];
export const byYear = aTableOf({
  title: label('Белсенділік индексі', 'Индекс активности', 'Activity index'),
  measure: {
    label: label('Белсенділік индексі (ИМА)', 'Индекс активности (ИМА)', 'Activity index (IMA)'),
    unit: 'assemblies_per_month',
    decimals: 1,
  },
  by: ['_', 'period'],
  columns: YEARS,
  rows: {
    '': [
      'published:5.8',
      'published:15.4',
      'no_exposure',
      'published:9.5',
      'published:5.9',
      'published:4.3',
      'published:3.0',
      '2.7',
      'suppressed',
      '3.4',
    ] as Value[],
  },
  breaks: [
    {
      before: '2014',
      kind: 'unequal_period',
      label: label(
        '2013 жылға дейінгі кезеңдердің ұзақтығы әртүрлі',
        'Периоды до 2013 года разной длины',
        'Periods until 2013 are of unequal length',
      ),
    },
    {
      before: '2020',
      kind: 'legal_regime',
      label: label(
        'Рұқсат алудың орнына хабарлау тәртібі енгізілді',
        'Вместо разрешения введено уведомление',
        'Notification took the place of permission',
      ),
    },
  ],
});

export const linesOfFew = aTableOf({
  codes: CITIES,
  columns: ['2014', '2015', '2016', '2017', '2018'],
  rows: {
    almaty: ['published:44', 'published:21', 'published:17', 'published:14', '12'],
    astana: ['published:20', 'published:18', 'published:10', 'published:11', '9'],
    taldykorgan_almaty_obl: ['published:9', 'published:8', 'no_cases', 'published:8', '10'],
  },
  breaks: [
    {
      before: '2016',
      kind: 'source_panel',
      label: label(
        'Бақылаушылар тобы өзгерді',
        'Сменилась группа наблюдателей',
        'The panel of monitors changed',
      ),
    },
  ],
});

export const linesOfMany = aTableOf({
  codes: CITIES,
  columns: ['2014', '2015', '2016', '2017', '2018'],
  rows: {
    almaty: ['44', '21', '17', '14', '12'],
    astana: ['20', '18', '10', '11', '9'],
    oskemen: ['4', '6', '4', 'no_cases', '5'],
    taldykorgan_almaty_obl: ['9', '8', '6', '2', '3'],
    uralsk: ['5', '6', '3', '4', 'suppressed'],
    aktau: ['9', '3', '2', '1', '0'],
  },
  breaks: [
    {
      before: '2016',
      kind: 'source_panel',
      label: label(
        'Бақылаушылар тобы өзгерді',
        'Сменилась группа наблюдателей',
        'The panel of monitors changed',
      ),
    },
  ],
});

const unitTitle = label('Облыстар бойынша жиналыстар', 'Собрания по областям', 'Assemblies by region');
const OLD: Readonly<Record<string, readonly Value[]>> = {
  almaty: ['12'],
  astana: ['9'],
  east_kz: ['5'],
  west_kz: ['3'],
  mangystau: ['1'],
  atyrau: ['suppressed'],
  pavlodar: ['2'],
  karaganda: ['3'],
  zhambyl: ['0'],
  aktobe: ['1'],
  kostanay: ['4'],
  turkistan: ['2'],
  almaty_region: ['3'],
};
export const units16 = aTableOf({ title: unitTitle, by: ['unit', 'period'], rows: OLD });
export const units17 = aTableOf({
  title: unitTitle,
  by: ['unit', 'period'],
  rows: { ...OLD, shymkent: ['6'] },
});
export const units20 = aTableOf({
  title: unitTitle,
  by: ['unit', 'period'],
  columns: ['2023'],
  measure: {
    label: label(
      'Ұстау болған жиналыстар үлесі, %',
      'Доля собраний с задержаниями, %',
      'Share of assemblies with detentions, %',
    ),
    unit: 'percent',
    decimals: 1,
    polarity: 'high_is_bad',
  },
  rows: {
    almaty: ['58.3'],
    astana: ['44.4'],
    east_kz: ['20.0'],
    west_kz: ['33.3'],
    mangystau: ['10.0'],
    atyrau: ['suppressed'],
    pavlodar: ['25.0'],
    karaganda: ['no_cases'],
    zhambyl: ['0.0'],
    aktobe: ['100.0'],
    kostanay: ['41.2'],
    turkistan: ['22.2'],
    almaty_region: ['31.0'],
    shymkent: ['60.0'],
    abai: ['12.5'],
    zhetysu: ['undefined'],
    ulytau: ['14.3'],
  },
});

const LIKELIHOOD = {
  excluded: label('Мүмкін емес', 'Исключено', 'Excluded'),
  rather_not: label('Мүмкін болмауы ықтимал', 'Скорее невозможно', 'Rather impossible'),
  rather: label('Болуы ықтимал', 'Скорее возможно', 'Rather possible'),
  high: label('Ықтималдығы жоғары', 'Высокая вероятность', 'Highly likely'),
  individual: label('Жеке тұлғалар', 'Физические лица', 'Individuals'),
  organisation: label('Ұйымдар', 'Организации', 'Organisations'),
  _total: label('Барлығы', 'Всего', 'Total'),
};
const likelihood = (title: Label, answers: readonly (readonly Value[])[]): Table =>
  aTableOf({
    title,
    measure: { label: label('Үлесі, %', 'Доля, %', 'Share, %'), unit: 'percent', decimals: 0 },
    by: ['lik', 'respondent_type'],
    codes: LIKELIHOOD,
    columns: ['individual', 'organisation', '_total'],
    rows: Object.fromEntries(
      ['excluded', 'rather_not', 'rather', 'high'].map((code, i) => [
        code,
        answers.map((a) => a[i] as Value),
      ]),
    ),
  });
/** Answers of an ordered scale: one question by who answered, and three questions. */
export const likelihoods: readonly Table[] = [
  likelihood(
    label(
      'Ықтималдығы: беделге шабуыл',
      'Вероятность: атаки на репутацию',
      'Likelihood: attacks on reputation',
    ),
    [
      ['5', '20', '45', '30'],
      ['2', '12', '48', '38'],
      ['4', '18', '46', '32'],
    ],
  ),
  likelihood(
    label(
      'Ықтималдығы: техникалық шабуыл',
      'Вероятность: технические атаки',
      'Likelihood: technical attacks',
    ),
    [
      ['15', '35', '40', '10'],
      ['10', '30', '45', '15'],
      ['13', '34', '42', '11'],
    ],
  ),
  likelihood(
    label(
      'Ықтималдығы: физикалық шабуыл',
      'Вероятность: физические нападения',
      'Likelihood: physical attacks',
    ),
    [
      ['30', '42', '23', '5'],
      ['suppressed', '40', 'suppressed', '3'],
      ['31', '42', '24', '3'],
    ],
  ),
];

const KINDS = {
  prosecution: label(
    'Қылмыстық және әкімшілік қудалау',
    'Уголовное и административное преследование',
    'Criminal and administrative prosecution',
  ),
  pressure: label('Қысым көрсету, қоқан-лоқы', 'Давление и угрозы', 'Pressure and threats'),
  property: label('Меншік құқығын бұзу', 'Нарушение права собственности', 'Interference with property'),
  information: label(
    'Ақпарат алуға кедергі',
    'Препятствование доступу к информации',
    'Obstruction of access to information',
  ),
  physical: label('Физикалық шабуыл', 'Физические нападения', 'Physical attacks'),
  other: label('Басқа', 'Иное', 'Other'),
};
const small = (name: string): Label => label(name, name, name);
/** Cities by category of violation: a long tail of small ones, one of them withheld in a cell. */
export const cityKinds = aTableOf({
  title: label(
    'Қалалар бойынша бұзушылық санаттары',
    'Категории нарушений по городам',
    'Categories of violation by city',
  ),
  measure: { label: label('Бұзушылықтар', 'Нарушений', 'Violations'), unit: 'violations' },
  by: ['place', 'kind'],
  columns: Object.keys(KINDS),
  codes: {
    ...CITIES,
    ...KINDS,
    taraz: small('Тараз'),
    zhezkazgan: small('Жезказган'),
    kostanay: small('Костанай'),
    atyrau: small('Атырау'),
    semey: small('Семей'),
    zhanaozen: small('Жанаозен'),
  },
  rows: {
    almaty: ['42', '31', '12', '18', '7', '5'],
    astana: ['25', '22', '6', '10', '3', '2'],
    uralsk: ['12', '9', '2', '4', '1', '0'],
    oskemen: ['8', '7', '3', '2', '1', '1'],
    taldykorgan_almaty_obl: ['6', '4', '1', '2', '0', '1'],
    aktau: ['5', '3', '2', '1', '1', '0'],
    taraz: ['3', '4', '0', '1', '0', '0'],
    kostanay: ['3', '1', '1', '1', '0', '0'],
    atyrau: ['2', '2', '0', '0', '0', '0'],
    semey: ['1', '1', '0', '1', '0', '0'],
    zhezkazgan: ['1', '1', '0', '0', '0', '0'],
    zhanaozen: ['1', '0', '0', '0', '0', '0'],
  },
});

const SECURITY: Readonly<Record<string, readonly Value[]>> = {
  almaty: ['4.1'],
  astana: ['3.4'],
  karaganda: ['3.0'],
  west_kz: ['2.6'],
  mangystau: ['few:2.2'],
  pavlodar: ['3.9'],
  kostanay: ['few:4.6'],
  turkistan: ['2.9'],
  east_kz: ['3.3'],
  aktobe: ['few:5.0'],
  atyrau: ['suppressed'],
};
const indicator = (measure: Label, polarity: 'high_is_bad' | 'high_is_good'): Table =>
  aTableOf({
    title: measure,
    measure: { label: label('Орташа', 'Среднее', 'Mean'), unit: 'points', decimals: 1, polarity },
    by: ['unit', 'period'],
    columns: ['2016'],
    rows: SECURITY,
  });
/** The same numbers, once as what is good and once as what is bad: the colours and words differ, the order does not. */
export const security = indicator(label('Қауіпсіздік', 'Безопасность', 'Security'), 'high_is_good');
export const threats = indicator(label('Қауіп-қатер', 'Угрозы', 'Threats'), 'high_is_bad');

const regions = (
  title: Label,
  measure: Partial<TableMeasure>,
  rows: Readonly<Record<string, readonly Value[]>>,
): Table =>
  aTableOf({
    title,
    measure: {
      id: 'mean',
      label: label('Орташа', 'Среднее', 'Mean'),
      unit: 'points',
      decimals: 1,
      ...measure,
    },
    by: ['place', 'period'],
    columns: ['2016'],
    codes: CITIES,
    rows,
  });
/** Indicators by region: one scale for three of them, another for the fourth. */
export const indicators: readonly Table[] = [
  regions(
    label('Қауіп-қатер', 'Угрозы', 'Threats'),
    { polarity: 'high_is_bad' },
    {
      almaty: ['4.4'],
      astana: ['4.1'],
      oskemen: ['3.9'],
      taldykorgan_almaty_obl: ['3.1'],
      uralsk: ['few:2.6'],
      aktau: ['suppressed'],
      _total: ['3.8'],
    },
  ),
  regions(
    label('Осалдық', 'Уязвимость', 'Vulnerability'),
    { polarity: 'high_is_bad' },
    {
      almaty: ['3.9'],
      astana: ['4.5'],
      oskemen: ['3.3'],
      taldykorgan_almaty_obl: ['3.9'],
      uralsk: ['few:4.4'],
      aktau: ['suppressed'],
      _total: ['4.0'],
    },
  ),
  regions(
    label('Ресурстар', 'Ресурсы', 'Resources'),
    { polarity: 'high_is_good' },
    {
      almaty: ['4.0'],
      astana: ['3.4'],
      oskemen: ['3.6'],
      taldykorgan_almaty_obl: ['2.2'],
      uralsk: ['few:3.0'],
      aktau: ['no_cases'],
      _total: ['3.4'],
    },
  ),
  regions(
    label('Қауіпсіздік', 'Безопасность', 'Security'),
    { polarity: 'high_is_good' },
    {
      almaty: ['4.1'],
      astana: ['3.0'],
      oskemen: ['3.7'],
      taldykorgan_almaty_obl: ['2.9'],
      uralsk: ['few:3.1'],
      aktau: ['2.0'],
      _total: ['3.3'],
    },
  ),
  regions(
    label('Тәуекел', 'Риск', 'Risk'),
    {
      id: 'gm',
      label: label('Геометриялық орта', 'Геом. среднее', 'Geometric mean'),
      decimals: 2,
      polarity: 'high_is_bad',
    },
    {
      almaty: ['4.29'],
      astana: ['5.43'],
      oskemen: ['3.58'],
      taldykorgan_almaty_obl: ['5.50'],
      uralsk: ['few:3.81'],
      aktau: ['suppressed'],
      _total: ['4.47'],
    },
  ),
];
const quarterly = (title: Label, measure: Label, values: readonly Value[]): Table => {
  const table = aTableOf({
    title,
    measure: { label: measure },
    by: ['_', 'period'],
    columns: ['q1', 'q2', 'q3'],
    codes: {
      q1: label('1-тоқсан', 'I квартал', 'Quarter 1'),
      q2: label('2-тоқсан', 'II квартал', 'Quarter 2'),
      q3: label('3-тоқсан', 'III квартал', 'Quarter 3'),
    },
    rows: { '': values },
  });
  return {
    ...table,
    dimensions: table.dimensions.slice(1),
    cells: table.cells.map((c) => ({ ...c, at: { period: c.at['period'] ?? '' } })),
  };
};
/** Two things of different units by quarter. */
export const mediaAndViolations: readonly Table[] = [
  quarterly(
    label('Тоқсандар бойынша бұзушылықтар', 'Нарушения по кварталам', 'Violations by quarter'),
    label('Бұзушылықтар', 'Нарушений', 'Violations'),
    ['97', '131', '84'],
  ),
  quarterly(
    label('Тоқсандар бойынша материалдар', 'Материалы по кварталам', 'Materials by quarter'),
    label('Материалдар', 'Материалов', 'Materials'),
    ['212', '605', '340'],
  ),
];

const STAGES = {
  arrest: label('Ұстау', 'Задержание', 'Detention'),
  charged: label('Айып тағу', 'Предъявлено обвинение', 'Charged'),
  trial: label('Бірінші сатыдағы сот', 'Суд первой инстанции', 'Trial'),
  appeal: label('Апелляция', 'Апелляция', 'Appeal'),
  m1: label('2015 ж. тамыз', 'авг. 2015', 'Aug 2015'),
  m2: label('2015 ж. қыркүйек', 'сент. 2015', 'Sep 2015'),
  m3: label('2015 ж. қазан', 'окт. 2015', 'Oct 2015'),
  m4: label('2015 ж. қараша', 'нояб. 2015', 'Nov 2015'),
  m5: label('2015 ж. желтоқсан', 'дек. 2015', 'Dec 2015'),
  m6: label('2016 ж. қаңтар', 'янв. 2016', 'Jan 2016'),
  m7: label('2016 ж. ақпан', 'февр. 2016', 'Feb 2016'),
};
const stages = (title: Label, rows: Readonly<Record<string, readonly Value[]>>): Table =>
  aTableOf({
    title,
    measure: { label: label('Оқиғалар', 'Событий', 'Events') },
    by: ['stage', 'month'],
    columns: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'],
    codes: STAGES,
    rows,
  });
/** One invented case, and many. */
export const oneCase = stages(label('Бір істің барысы', 'Ход одного дела', 'The course of one case'), {
  arrest: ['1', '0', '0', '0', '0', '0', '0'],
  charged: ['0', '1', '0', '0', '0', '0', '0'],
  trial: ['0', '0', '1', '1', '1', '0', '0'],
  appeal: ['0', '0', '0', '0', '0', '0', '1'],
});
export const manyCases = stages(label('Сот істерінің барысы', 'Ход судебных дел', 'Court cases over time'), {
  arrest: ['3', '5', '2', '0', '4', '1', '2'],
  charged: ['1', '2', '4', '3', '0', '2', '1'],
  trial: ['0', '7', '12', '26', '9', '3', 'suppressed'],
  appeal: ['0', '0', '1', '0', '2', '5', '4'],
});
