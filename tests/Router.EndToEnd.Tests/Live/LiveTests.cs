using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace RouterGen.EndToEnd.Tests.Live;

/// <summary>
/// One small call, whole and streamed, to each provider whose key is in the environment: <c>dotnet test --filter Live</c>. It prints what it cost.
/// All others are skipped, and so are all of them where <c>CI</c> is set: these calls cost money.
/// </summary>
public sealed class LiveTests(ITestOutputHelper output)
{
    private static readonly LiveModels Models = new(new RouterOptions());

    private static readonly Dictionary<string, ModelGroup> Groups =
        typeof(LiveModels).GetProperties().Select(property => property.GetValue(Models)).OfType<ModelGroup>().ToDictionary(group => group.Name);

    public static TheoryData<string> Providers { get; } = new(Groups.Keys);

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_provider_answers(string provider)
    {
        string? missing = IsCI ? "CI is set" : WhyNot(provider);
        Assert.SkipWhen(missing is not null, missing ?? "");
        if (Groups[provider] is EmbeddingGroup vectors) await EmbedAsync(provider, vectors);
        else await ChatAsync(provider, (ChatGroup)Groups[provider]);
    }

    private async Task EmbedAsync(string provider, EmbeddingGroup group)
    {
        RoutedEmbeddings answer = await group.EmbedAsync(["Hello", "world"], cancellationToken: TestContext.Current.CancellationToken);
        Print(provider, $"{answer[0].Vector.Length} numbers", answer.Usage, answer.Cost);
        Assert.Equal(2, answer.Count);
    }

    private async Task ChatAsync(string provider, ChatGroup group)
    {
        var options = new ChatOptions { MaxOutputTokens = 2000 };
        RoutedResponse reply = await group.CompleteAsync("Say hello in one word.", options, TestContext.Current.CancellationToken);
        Print(provider, reply.Text, reply.Usage, reply.Cost);
        Assert.NotEqual("", reply.Text);

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in group.StreamAsync("Say hello in one word.", options, TestContext.Current.CancellationToken)) updates.Add(update);
        ChatResponse streamed = updates.ToChatResponse();
        Print(provider + ", streamed", streamed.Text, streamed.Usage, updates.OfType<RoutedResponseUpdate>().Last().Cost);
        Assert.NotEqual("", streamed.Text);
        Assert.NotNull(streamed.FinishReason);
    }

    [Fact]
    public void Each_provider_with_a_key_has_a_group() => Assert.Equal(Keys.Keys.Order(StringComparer.Ordinal), Groups.Keys.Order(StringComparer.Ordinal));

    /// <summary>The variables that may hold the key of each provider that takes one, from the page on the providers.</summary>
    private static Dictionary<string, string[]> Keys { get; } = Page()
        .Where(line => line.StartsWith("| [`", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells[2] is not "–")
        .ToDictionary(cells => Names(cells[1])[0], cells => Names(cells[2]));

    private static bool IsCI => Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    private static string? WhyNot(string provider) =>
        Array.Exists(Keys[provider], variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 }) ? null : string.Join(" or ", Keys[provider]) + " is not set";

    private void Print(string what, string text, UsageDetails? usage, decimal? cost) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {text.ReplaceLineEndings(" ")} [{usage?.InputTokenCount} in, {usage?.OutputTokenCount} out, ${cost}]"));

    private static string[] Names(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(match => match.Groups[1].Value)];

    private static string[] Page([CallerFilePath] string here = "") => File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/providers.md"));
}
