using System.Globalization;
using System.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

// Reads each file of a folder as a models.json of its own, in a process without a compiler, and prints what is wrong with it:
// file, ID, severity, start and end of the span, start and end as lines and columns, message. Then what this process has loaded.
foreach (string path in Directory.EnumerateFiles(args[0]).Order(StringComparer.Ordinal))
{
    ReadModels read = ModelsProject.Read([new SourceFile(path, File.ReadAllText(path))], ModelCatalog.Default, asOf: args.ElementAtOrDefault(1), CancellationToken.None);
    foreach (DeclarationProblem problem in read.Problems)
    {
        var place = (FilePlace)problem.Place;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(path)} {problem.Kind.Id} {problem.Severity} {place.Span.Start}..{place.Span.End} ({place.Start.Line},{place.Start.Column})-({place.End.Line},{place.End.Column}) {Escape(problem.Message)}"));
    }

    Console.WriteLine($"{Path.GetFileName(path)} has {read.Classes.Sum(@class => @class.Groups.Count)} groups");
}

foreach (string name in AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!).Order(StringComparer.Ordinal)) Console.WriteLine($"loaded {name}");

// A message may quote any character of a file.
static string Escape(string text)
{
    var escaped = new StringBuilder();
    foreach (char c in text)
    {
        if (c is >= ' ' and <= '~' and not '\\') escaped.Append(c);
        else escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
    }

    return escaped.ToString();
}
