// Builds what the browser and the PDF need from static/ and node_modules/ into the folder given:
// static/ for Django's staticfiles, fonts/ for Typst. Run by setup/install.py, with no network.

import { copyFile, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const output = path.resolve(process.argv[2]);
const FONT_PACKAGES = path.resolve("node_modules", "@expo-google-fonts");
const TEXT_STYLES = [
  "400Regular",
  "400Regular_Italic",
  "600SemiBold",
  "600SemiBold_Italic",
  "700Bold",
  "700Bold_Italic",
];

// Bootstrap draws its small icons with data: addresses, which the content security policy refuses:
// each becomes a file of our own.
const dataPicturesToFiles = {
  name: "data-pictures-to-files",
  setup(bundle) {
    const pictures = [];
    bundle.onResolve({ filter: /^data:image\/svg\+xml/ }, ({ path: address }) => {
      if (!pictures.includes(address)) pictures.push(address);
      return { path: `picture-${pictures.indexOf(address)}.svg`, namespace: "data-picture", pluginData: address };
    });
    bundle.onLoad({ filter: /.*/, namespace: "data-picture" }, ({ pluginData: address }) => {
      const comma = address.indexOf(",");
      const isBase64 = address.slice(0, comma).endsWith(";base64");
      const body = address.slice(comma + 1);
      return {
        contents: isBase64 ? Buffer.from(body, "base64") : decodeURIComponent(body),
        loader: "file",
      };
    });
  },
};

async function entryPoints(folder, ending) {
  const names = await readdir(folder).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(ending)).sort().map((name) => path.join(folder, name));
}

async function bundleStatic() {
  const styles = (await entryPoints("static/css", ".css")).filter(
    (name) => path.basename(name) === "chancery.css",
  );
  await build({
    entryPoints: [...styles, ...(await entryPoints("static/js", ".js"))],
    outbase: "static",
    outdir: path.join(output, "static"),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox114", "safari16.4"],
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    assetNames: "css/files/[name]-[hash]",
    legalComments: "linked",
    plugins: [dataPicturesToFiles],
    logLevel: "warning",
  });
}

async function copyFonts() {
  const target = path.join(output, "fonts");
  await mkdir(target, { recursive: true });
  for (const family of (await readdir(FONT_PACKAGES)).sort()) {
    const styles = await readdir(path.join(FONT_PACKAGES, family));
    for (const style of TEXT_STYLES.filter((name) => styles.includes(name))) {
      const folder = path.join(FONT_PACKAGES, family, style);
      const [font] = (await readdir(folder)).filter((name) => name.endsWith(".ttf"));
      await copyFile(path.join(folder, font), path.join(target, font));
    }
    await copyFile(
      path.join(FONT_PACKAGES, family, "LICENSE_FONT"),
      path.join(target, `${family}-LICENSE.txt`),
    );
  }
}

await bundleStatic();
await copyFonts();
