using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace RouterGen.Hosting.Tests;

/// <summary>The page of hosting lists each entry of the log, with an id that is its alone.</summary>
public sealed partial class EventTableTests
{
    [Fact]
    public void The_page_lists_each_entry_with_its_id_and_level()
    {
        string[] declared = [.. Declared().Select(static entry => $"{entry.Id} {entry.Name} {entry.Level}").Order(StringComparer.Ordinal)];
        string[] listed = [.. Row().Matches(File.ReadAllText(Page())).Select(static row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}").Order(StringComparer.Ordinal)];

        Assert.Equal(declared, listed);
        Assert.InRange(declared.Length, 20, 200);
    }

    [Fact]
    public void No_two_entries_have_one_id() => Assert.Empty(Declared().GroupBy(static entry => entry.Id).Where(static same => same.Count() > 1).Select(static same => same.Key));

    private static IEnumerable<(int Id, string Name, string Level)> Declared() =>
        from type in new[] { typeof(ModelGroup).Assembly.GetType("RouterGen.RouterLog", throwOnError: true)!, typeof(RouterHostingOptions).Assembly.GetType("RouterGen.HostingLog", throwOnError: true)! }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        let entry = method.GetCustomAttribute<LoggerMessageAttribute>()
        where entry is not null
        select (entry.EventId, method.Name, entry.Level is LogLevel.None ? "as set" : entry.Level.ToString());

    private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/hosting.md"));

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \| (as set|\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
