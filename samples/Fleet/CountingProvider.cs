using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FleetSample;

/// <summary>What a provider has served.</summary>
internal readonly record struct Served(long Requests, long Input, long Output)
{
    public static Served operator -(Served one, Served other) => new(one.Requests - other.Requests, one.Input - other.Input, one.Output - other.Output);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Requests:N0} answers, {Input:N0} + {Output:N0} tokens");
}

/// <summary>A provider that speaks OpenAI's API, keeps books of what it has served, and refuses nothing: whatever limit there is, the gateways keep it.</summary>
internal sealed class CountingProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(long At, string Gateway, long Input, long Output)> _books = new();
    private int _number;

    private CountingProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Gets what it has served in all.</summary>
    public Served All => Sum(_books);

    public static async Task<CountingProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([]);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new CountingProvider(app);
        app.MapPost("/{gateway}/v1/chat/completions", provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>What it served to one gateway within the last while before a moment.</summary>
    public Served To(string gateway, long moment, TimeSpan before) => Sum(_books.Where(entry => entry.Gateway == gateway && entry.At <= moment + Stopwatch.Frequency && entry.At >= moment - (long)(before.TotalSeconds * Stopwatch.Frequency)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Served Sum(IEnumerable<(long At, string Gateway, long Input, long Output)> entries) => entries.Aggregate(default(Served), static (sum, entry) => new Served(sum.Requests + 1, sum.Input + entry.Input, sum.Output + entry.Output));

    private async Task AnswerAsync(HttpContext context, string gateway)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        await Task.Delay(30);
        int number = Interlocked.Increment(ref _number);
        (int input, int output) = (100 + (number % 7), 20 + (number % 11));
        byte[] answer = Encoding.UTF8.GetBytes($$$"""
            {"id":"chatcmpl-{{{number}}}","object":"chat.completion","created":1764547200,"model":"gpt-6-luna","choices":[{"index":0,"message":{"role":"assistant","content":"Number {{{number}}}."},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}}}}
            """);
        _books.Enqueue((Stopwatch.GetTimestamp(), gateway, input, output));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }
}
