using Microsoft.Extensions.AI;
using RouterGen;
using RouterGen.FakeProviders;

namespace Quickstart;

/// <summary>What the product does, one thing at a time.</summary>
internal static class Scenes
{
    private const string Haiku = "anthropic/claude-haiku-5-5";
    private const string Mini = "openai/gpt-6-luna";

    public static async Task PlainCallAsync(Report report)
    {
        report.Title("A call", "await Models.ClaudeFast.CompleteAsync(\"Hello\")");
        RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("Hello");
        report.Answer(reply);
        report.Promise(reply.Text.Length > 0, "an answer");
    }

    public static async Task StreamedCallAsync(Report report)
    {
        report.Title("A streamed call", "await foreach (var update in Models.ClaudeFast.StreamAsync(\"Tell me more\"))");
        report.Begin();
        RoutedResponseUpdate? last = null;
        await foreach (ChatResponseUpdate update in Models.ClaudeFast.StreamAsync("Tell me more"))
        {
            report.Delta(update.Text);
            last = update as RoutedResponseUpdate;
        }

        report.End(last!);
        report.Promise(last is { TimeToFirstToken: not null }, "a last update that says how the answer came about");
    }

    public static async Task StructuredCallAsync(Report report, FakeProviderServer? providers)
    {
        report.Title("A structured answer", "await Models.ClaudeFast.CompleteAsync<Forecast>(\"…\")");
        providers?[Haiku].ReplyWith(new Reply { Text = """{"city":"Paris","celsius":21.5,"sky":"Cloudy"}""" });
        StructuredResponse<Forecast> answer = await Models.ClaudeFast.CompleteAsync<Forecast>("Make up tomorrow's weather in Paris.");
        report.Value(answer);
        report.Promise(answer.Value.City == "Paris", "a forecast for Paris");
        providers?[Haiku].ReplyWith(new Reply());
    }

    public static async Task EmbeddingAsync(Report report, FakeProviderServer? providers)
    {
        string[] texts = ["The train to Bern leaves at nine.", "Bread is made of flour, water and salt.", "A cat sleeps most of the day."];
        report.Title("Vectors of texts", "await Models.Texts.EmbedAsync(texts)");
        RoutedEmbeddings index = await Models.Texts.EmbedAsync(texts);
        report.Vectors(index);

        // The provider that made the index goes down; another one of the same model answers the search.
        providers?["openai/text-embedding-3-small"].Always(Fault.Status(503));
        RoutedEmbeddings query = await Models.Texts.EmbedAsync("When does the train leave?");
        report.Vectors(query);
        string nearest = texts[Enumerable.Range(0, texts.Length).MaxBy(i => Dot(index[i].Vector.Span, query.Vector.Span))];
        report.Found(nearest);
        report.Promise(nearest == texts[0], "the text about the train to be the nearest");
        report.Promise(providers is null || query.Attempts.Count == 2, "Azure to answer while OpenAI is down");
        providers?["openai/text-embedding-3-small"].Recover();
    }

    public static async Task OutageAsync(Report report, FakeProviderServer providers)
    {
        report.Title("Anthropic is down", "every request to it gets a 503");
        providers[Haiku].Always(Fault.Status(503));
        int failed = 0;
        for (int call = 0; call < 4; call++)
        {
            RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("Are you there?");
            report.Answer(reply);
            failed += reply.Attempts.Count - 1;
            report.Promise(reply.ModelUsed == Mini, "OpenAI to answer while Anthropic is down");
        }

        report.Promise(failed > 0, "a failed attempt at Anthropic before the failover");
        providers[Haiku].Recover();
    }

    public static async Task RateLimitAsync(Report report, FakeProviderServer providers)
    {
        report.Title("Anthropic is rate-limited, and there is no other", "429 with Retry-After: 1");
        providers[Haiku].Next(Fault.RateLimited(TimeSpan.FromSeconds(1)));
        RoutedResponse reply = await Models.ClaudeOnly.CompleteAsync("Hello again");
        report.Answer(reply);
        report.Promise(reply.Attempts is [{ Outcome: FailureKind.RateLimited }, { Outcome: FailureKind.None }], "one refusal and then an answer");
        report.Promise(reply.Duration >= TimeSpan.FromSeconds(1), "the wait that the provider asked for");
    }

    public static async Task SplitAsync(Report report)
    {
        const int calls = 1000;
        report.Title("An A/B test with weights 0.1 and 0.9", $"{calls:N0} calls");
        var shares = new Dictionary<string, int>();
        decimal cost = 0;
        for (int call = 0; call < calls; call++)
        {
            RoutedResponse reply = await Models.Assistant.CompleteAsync("Hi");
            shares[reply.Deployment] = shares.GetValueOrDefault(reply.Deployment) + 1;
            cost += reply.Cost ?? 0;
        }

        report.Shares(shares, calls, cost);
        report.Promise(Math.Abs(shares.GetValueOrDefault("newer") - calls / 10) <= 5, "a tenth of the calls at the newer model");
    }

    public static async Task FourProvidersAsync(Report report, FakeProviderServer providers)
    {
        report.Title("Four providers with four wire formats", "one goes down after the other");
        foreach (string deployment in (string[])[Haiku, Mini, "gemini/gemini-3.5-flash-lite", "bedrock/amazon.nova-lite-v1:0"])
        {
            RoutedResponse reply = await Models.Anywhere.CompleteAsync("Who is there?");
            report.Answer(reply);
            report.Promise(reply.ModelUsed == deployment, $"{deployment} to answer while those before it are down");
            providers[deployment].Always(Fault.Status(503));
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
