using System.Globalization;

namespace RouterGen.Codecs.Tests.Refusals;

/// <summary>docs/routing.md shows the table of refusals as it is.</summary>
public class RefusalPageTests
{
    private const string Head = "| dialect | status | code or type | words | kind | about |";

    [Fact]
    public void The_table_of_refusals_is_the_one_that_decides()
    {
        string[] expected = [Head, "|---|---|---|---|---|---|",
            .. Of("OpenAI", OpenAIRefusals.Rows), .. Of("Anthropic", AnthropicRefusals.Rows),
            .. Of("Gemini", [.. GeminiRefusals.Rows.Except(GoogleRefusals.Rows)]), .. Of("Bedrock", BedrockRefusals.Rows),
            .. Of("Cohere", CohereRefusals.Rows), .. Of("Ollama", OllamaRefusals.Rows),
            .. Of("any", CodecRefusals.Words), .. Of("any", CodecRefusals.Statuses)];
        string[] shown = [.. File.ReadLines(Page()).SkipWhile(static line => line != Head).TakeWhile(static line => line.Length > 0)];
        if (!expected.SequenceEqual(shown)) File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "refusals.received.md"), expected);
        Assert.Equal(expected, shown);
    }

    /// <summary>A row that an earlier one of the same table always hides decides nothing.</summary>
    [Fact]
    public void No_word_stands_twice_in_a_table()
    {
        foreach (CodecRefusal[] rows in (CodecRefusal[][])[OpenAIRefusals.Rows, AnthropicRefusals.Rows, GeminiRefusals.Rows, BedrockRefusals.Rows, CohereRefusals.Rows, OllamaRefusals.Rows, CodecRefusals.Words])
        {
            string[] codes = [.. rows.Where(static row => row.Statuses.Length == 0).SelectMany(static row => row.Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
            Assert.Equal(codes.Distinct(StringComparer.OrdinalIgnoreCase), codes);
            string[] phrases = [.. rows.SelectMany(static row => row.Phrases.Select(phrase => row.Statuses + ": " + phrase))];
            Assert.Equal(phrases.Distinct(StringComparer.OrdinalIgnoreCase), phrases);
        }
    }

    private static IEnumerable<string> Of(string dialect, CodecRefusal[] rows) => rows.Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"| {dialect}{(GoogleRefusals.Rows.Contains(row) ? ", Gemini, Anthropic" : "")} | {Joined(row.Statuses.Split(' '), "")} | {Joined(row.Codes.Split(' '), "`")} | {Words(row)} | `{row.Kind}`{(row.IsDefault ? " by default" : "")} | {About(row)} |"));

    private static string Words(CodecRefusal row) =>
        row.IsPage ? "a page (HTML), not JSON"
        : row.NamesOption ? "the parameter is an option"
        : string.Join(", ", row.Phrases.Select(static phrase => phrase.Contains('`') ? $"`` {phrase} ``" : $"`{phrase}`"));

    private static string Joined(string[] parts, string mark) => string.Join(", ", parts.Where(static part => part.Length > 0).Select(part => mark + part + mark));

    private static string About(CodecRefusal row) => (row.Scope is FailureScope.None ? new RouterGen.Infrastructure.AttemptFailure(row.Kind, "").Scope : row.Scope) switch
    {
        FailureScope.RequestAtModel => "this request at this model",
        var scope => "the " + scope.ToString().ToLowerInvariant(),
    };

    private static string Page()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RouterGen.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "docs", "routing.md");
    }
}
