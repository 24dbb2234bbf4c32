// Builds what the browser and the PDF need from static/ and node_modules/ into the folder given:
// static/ for Django's staticfiles, fonts/ for Typst. Run by setup/install.py, with no network.

import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir } from "node:fs/promises";
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
// Of Chinese, Japanese and Korean each cut takes 5 to 10 MB.
const LARGE_FAMILIES = /^noto-sans-(sc|tc|jp|kr)$/;
const STYLES_OF_LARGE = ["400Regular", "700Bold"];

// Bootstrap draws its small icons with data: addresses, which the content security policy refuses:
// each becomes a file of our own.
const dataPicturesToFiles = {
  name: "data-pictures-to-files",
  setup(bundle) {
    bundle.onResolve({ filter: /^data:image\/svg\+xml/ }, ({ path: address }) => {
      const digest = createHash("sha256").update(address).digest("hex").slice(0, 12);
      return { path: `picture-${digest}.svg`, namespace: "data-picture", pluginData: address };
    });
    bundle.onLoad({ filter: /.*/, namespace: "data-picture" }, ({ pluginData: address }) => {
      const comma = address.indexOf(",");
      const body = address.slice(comma + 1);
      const isBase64 = address.slice(0, comma).endsWith(";base64");
      const contents = isBase64 ? Buffer.from(body, "base64") : decodeURIComponent(body);
      return { contents, loader: "file" };
    });
  },
};

async function bundleStatic() {
  const scripts = (await readdir("static/js")).filter((name) => name.endsWith(".js")).sort();
  await build({
    entryPoints: [
      "static/css/chancery.css",
      "static/css/admin.css",
      ...scripts.map((name) => `static/js/${name}`),
    ],
    outbase: "static",
    outdir: path.join(output, "static"),
    bundle: true,
    minify: true,
    // A script stands on its own in a <script>, without sharing names with the next one.
    format: "iife",
    target: ["es2022", "chrome111", "firefox114", "safari16.4"],
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    assetNames: "css/files/[name]",
    legalComments: "linked",
    plugins: [dataPicturesToFiles],
    logLevel: "warning",
  });
}

async function copyOtherStatic() {
  for (const name of await readdir("static")) {
    if (!["css", "js"].includes(name)) {
      await cp(path.join("static", name), path.join(output, "static", name), { recursive: true });
    }
  }
}

async function copyFonts() {
  const target = path.join(output, "fonts");
  await mkdir(target, { recursive: true });
  for (const family of (await readdir(FONT_PACKAGES)).sort()) {
    const styles = await readdir(path.join(FONT_PACKAGES, family));
    const wanted = LARGE_FAMILIES.test(family) ? STYLES_OF_LARGE : TEXT_STYLES;
    for (const style of wanted.filter((name) => styles.includes(name))) {
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
await copyOtherStatic();
await copyFonts();
