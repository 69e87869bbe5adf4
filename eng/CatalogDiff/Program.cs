using System.Globalization;
using RouterGen.CatalogDiff;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.PriceMaps;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("""
        Compares the catalog with a list of models, and prints what differs as lines of the catalog's files.

          CatalogDiff model_prices.json [provider]   LiteLLM's model_prices_and_context_window.json
          CatalogDiff models.json provider           what the provider's own /v1/models answers
        """);
    return 2;
}

string text = await File.ReadAllTextAsync(args[0]);
ProviderRow? only = args.Length == 2 ? ModelCatalog.Default.Find(args[1]) : null;
if (args.Length == 2 && only is null)
{
    Console.Error.WriteLine($"There is no provider '{args[1]}'. There are {string.Join(", ", ModelCatalog.Default.Names)}.");
    return 2;
}

List<string> lines = [];
if (ModelList.TryRead(text, out List<string> ids))
{
    if (only is null)
    {
        Console.Error.WriteLine("A list of models does not say whose they are: name the provider, too.");
        return 2;
    }

    lines.AddRange(ModelList.Compare(only, ids, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
else
{
    PriceMapText map = PriceMapReader.Read(text);
    foreach (var error in map.SyntaxErrors) Console.Error.WriteLine($"{args[0]}: {error.Message}");
    if (map.Map.IsEmpty) return 1;
    foreach (ProviderRow provider in only is null ? ModelCatalog.Default.Providers : [only]) lines.AddRange(MapComparison.Compare(provider, map.Map, listMissing: only is not null));
}

foreach (string line in lines) Console.WriteLine(line);
Console.Error.WriteLine(lines.Count == 0 ? "Nothing differs." : "What the provider's own page confirms is taken over, with its source and today's date.");
return 0;
