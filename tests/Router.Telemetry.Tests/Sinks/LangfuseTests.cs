using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>What <c>UseLangfuse</c> sends, as Langfuse reads it.</summary>
public sealed class LangfuseTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LANGFUSE_HOST")]
    [InlineData("LANGFUSE_BASE_URL")]
    public async Task A_call_is_a_span_with_a_generation_for_each_attempt(string host)
    {
        await using StandIn langfuse = await StandIn.StartAsync(Services.Langfuse);
        var router = new SinkedRouter(options => options.UseLangfuse(), new()
        {
            [host] = langfuse.Address.AbsoluteUri,
            ["LANGFUSE_PUBLIC_KEY"] = Services.PublicKey,
            ["LANGFUSE_SECRET_KEY"] = Services.SecretKey,
            ["LANGFUSE_TRACING_ENVIRONMENT"] = "test",
            ["LANGFUSE_RELEASE"] = "1.2",
        });
        await router.CallAsync(routing: new CallOptions { SessionKey = "s1", Caller = "u1", SpendTags = ["search"] });
        await router.Sink.DisposeAsync();

        Arrival arrival = Assert.Single(langfuse.Taken); // No metrics: they would be thrown away.
        Assert.Equal("4", arrival.Header("x-langfuse-ingestion-version"));
        IReadOnlyList<SentSpan> spans = Otlp.SpansOf(arrival);
        SentSpan call = Assert.Single(spans, static span => span["langfuse.observation.type"] is "span");
        Assert.Equal(2, spans.Count(static span => span["langfuse.observation.type"] is "generation"));
        Assert.All(spans, static span =>
        {
            Assert.Equal(("test", "s1", "u1"), (span["langfuse.trace.name"], span["session.id"], span["user.id"]));
            Assert.Equal(["search"], Assert.IsType<object?[]>(span["langfuse.trace.tags"]));
            Assert.Equal(("test", "1.2"), (span["langfuse.environment"], span["langfuse.release"]));
        });
        Assert.Equal("", call.Parent);

        // Tokens and cost are on attempts alone, else they would count twice.
        Assert.DoesNotContain(call.Attributes.Keys, static key => key.StartsWith("gen_ai.usage", StringComparison.Ordinal) || key.Contains("cost_details", StringComparison.Ordinal));
        Assert.Empty(router.Logs.Lines);
    }

    [Fact]
    public async Task A_generation_has_its_cost_and_when_its_answer_began()
    {
        await using StandIn langfuse = await StandIn.StartAsync(Services.Langfuse);
        var router = new SinkedRouter(options => options.UseLangfuse(new() { Host = langfuse.Address, PublicKey = Services.PublicKey, SecretKey = Services.SecretKey }));
        router.Transport.On("b", FakeTransport.Events("one", "two", "[usage]", "[end]"));
        await foreach (ChatResponseUpdate _ in router.Group.StreamAsync("Hello", cancellationToken: Test)) { }
        await router.Sink.DisposeAsync();

        SentSpan answered = Assert.Single(Otlp.SpansOf(Assert.Single(langfuse.Taken)), static span => span.Name == "chat b");
        string began = Assert.IsType<string>(answered["langfuse.observation.completion_start_time"]);
        using var time = JsonDocument.Parse(began); // It is read as JSON.
        DateTimeOffset first = DateTimeOffset.Parse(time.RootElement.GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange((first - DateTimeOffset.UnixEpoch).TotalMilliseconds - (answered.Start / 1e6), -1, 1); // On virtual time it comes at once.
        double cost = Assert.IsType<double>(answered["routergen.cost"]);
        Assert.Equal(cost, answered["gen_ai.usage.cost"]);
        using var details = JsonDocument.Parse(Assert.IsType<string>(answered["langfuse.observation.cost_details"]));
        Assert.Equal(cost, details.RootElement.GetProperty("total").GetDouble(), 12);
    }

    [Fact]
    public async Task Wrong_keys_are_reported_without_showing_them()
    {
        await using StandIn langfuse = await StandIn.StartAsync(Services.Langfuse);
        var router = new SinkedRouter(options => options.UseLangfuse(new() { Host = langfuse.Address, PublicKey = Services.PublicKey, SecretKey = "sk-lf-wrong" }));
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(Test));
        Assert.Equal([401], langfuse.Arrivals.Select(static arrival => arrival.Status));
        Assert.EndsWith("/api/public/otel/v1/traces answered 401 (check the keys)", router.Sink.LastError, StringComparison.Ordinal);
        Assert.Equal(3, router.Sink.Dropped);
        Assert.DoesNotContain(router.Logs.Lines, static line => line.Contains("sk-lf", StringComparison.Ordinal) || line.Contains("pk-lf", StringComparison.Ordinal));
        await router.Sink.DisposeAsync();
    }

    [Fact]
    public void Keys_that_are_missing_are_told_at_once_by_the_names_of_their_variables()
    {
        var options = new RouterOptions { Variables = static name => name == "LANGFUSE_HOST" ? "cloud.langfuse.com" : null };
        string message = Assert.Throws<InvalidOperationException>(() => options.UseLangfuse()).Message;
        Assert.All(["LANGFUSE_PUBLIC_KEY is not set", "LANGFUSE_SECRET_KEY is not set", "LANGFUSE_HOST is not an absolute address"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Empty(options.Observers);
        string broken = Assert.Throws<InvalidOperationException>(() => options.UseLangfuse(new() { Host = new Uri("https://h"), PublicKey = "pk", SecretKey = "sk\nsecret" })).Message;
        Assert.Contains("LANGFUSE_SECRET_KEY", broken, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\"", broken, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "https://cloud.langfuse.com/api/public/otel/v1/traces")]
    [InlineData("https://us.cloud.langfuse.com/", "https://us.cloud.langfuse.com/api/public/otel/v1/traces")]
    [InlineData("https://own.example/langfuse", "https://own.example/langfuse/api/public/otel/v1/traces")]
    public void Traces_go_to_the_path_for_them(string? host, string expected)
    {
        var options = new RouterOptions { Variables = name => name.EndsWith("_KEY", StringComparison.Ordinal) ? "key" : name == "LANGFUSE_HOST" ? host : null };
        Assert.Equal(expected, OtlpDestination.ForLangfuse(options, new()).Traces!.Endpoint.AbsoluteUri);
    }
}
