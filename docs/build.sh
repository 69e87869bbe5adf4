#!/usr/bin/env bash
# Builds the site of the documentation to artifacts/site. Warnings (a broken link, a missing heading) are errors, and so is a
# page that the table of contents does not have.
# Pages link to each other as on GitHub. Links to what is no page (code, the README) lead to the repository.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=https://github.com/routergen/routergen/blob/main
source=artifacts/site-source

rm -rf "$source" artifacts/site
mkdir -p "$source"
cp -r docs CHANGELOG.md CONTRIBUTING.md SECURITY.md CODE_OF_CONDUCT.md LICENSE "$source"
mv "$source/docs/docfx.json" "$source"
find "$source" -name '*.md' -print0 |
  xargs -0 sed -E -i "s#\]\((\.\./)*((src|tests|samples|benchmarks|eng|\.github|\.ci)/)#]($repository/\2#g"
find "$source" -maxdepth 1 -name '*.md' -print0 | xargs -0 sed -i "s#](README\.md#]($repository/README.md#g"
find "$source/docs" -maxdepth 1 -name '*.md' -print0 | xargs -0 sed -i "s#](\.\./README\.md#]($repository/README.md#g"

cat > "$source/index.md" <<'PAGE'
---
redirect_url: docs/index.html
---
PAGE
cat > "$source/toc.yml" <<'NAVIGATION'
- { name: Documentation, href: docs/, homepage: docs/index.md }
- { name: API, href: api/ }
- { name: Changelog, href: CHANGELOG.md }
- { name: Contributing, href: CONTRIBUTING.md }
NAVIGATION

# A line of the table of contents for each page of a folder, by its title.
entries() { # folder, indentation
  for page in "docs/$1"/*.md; do
    [ "$(basename "$page")" = README.md ] && continue
    printf '%s- { name: "%s", href: %s }\n' "$2" "$(head -1 "$page" | sed 's/^# //; s/["`]//g')" "${page#docs/}"
  done
}
while IFS= read -r line; do
  case $line in
    *'# The pages of '*) folder=${line#*pages of }; entries "${folder%%/*}" "${line%%#*}" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < docs/toc.yml > "$source/docs/toc.yml"
for page in docs/*.md; do
  grep -q "href: $(basename "$page")" "$source/docs/toc.yml" || { echo "docs/toc.yml does not list $page: add it where a reader would look for it"; exit 1; }
done

# The reference is made of the library and its documentation file, with what it refers to beside it.
dotnet build src/Router.Runtime -f net10.0 -p:CopyLocalLockFileAssemblies=true -o "$source/bin" -v q --nologo
dotnet tool restore > /dev/null
# Of the reference errors alone count: docfx warns where a parameter stands beside an inheritdoc, which the compiler allows.
dotnet docfx metadata "$source/docfx.json" --logLevel error
dotnet docfx build "$source/docfx.json" --warningsAsErrors --logLevel warning
echo "artifacts/site/index.html"
