/* What Sphinx's own French lacks of the search: it looks a sentence up with the number in it already. */
if (typeof Documentation !== "undefined") {
  const messages = {
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      "Rien n'a été trouvé. Les mots sont-ils bien écrits ?",
  };
  for (let count = 1; count <= 200; count += 1) {
    const pages = count === 1 ? "1 page" : `${count} pages`;
    for (const end of ["page(s) matching", count === 1 ? "page matching" : "pages matching"]) {
      messages[`Search finished, found ${count} ${end} the search query.`] = `Recherche terminée : ${pages}.`;
    }
  }
  Documentation.addTranslations({ locale: "fr", plural_expr: "(n > 1)", messages });
}
