import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The faces of the report, embedded in every PDF and used for its pictures; all carry the Kazakh letters. */
const FACES = [
  'noto-serif/400Regular/NotoSerif_400Regular.ttf',
  'noto-serif/400Regular_Italic/NotoSerif_400Regular_Italic.ttf',
  'noto-serif/600SemiBold/NotoSerif_600SemiBold.ttf',
  'noto-serif/700Bold/NotoSerif_700Bold.ttf',
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf',
  'noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  'noto-sans/700Bold/NotoSans_700Bold.ttf',
];

/** Paths of the TrueType files. */
export const fontFiles: readonly string[] = FACES.map((face) =>
  require.resolve(`@expo-google-fonts/${face}`),
);

/** The faces that figures are measured and drawn in. */
export const figureFaces: readonly { readonly file: string; readonly weight: 400 | 700 }[] = [
  { file: require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'), weight: 400 },
  { file: require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'), weight: 700 },
];
