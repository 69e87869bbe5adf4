using System.Net;
using System.Text;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Tests;

public sealed class PricesTests : IDisposable
{
    private const string Models = """{ "groups": { "shop": { "deployments": ["openai/gpt-6-luna", "openai/gpt-6-sol"] } } }""";
    private const string Old = """{ "openai/gpt-6-luna": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-7, "output_cost_per_token": 6e-7 } }""";
    private const string New = """{ "openai/gpt-6-luna": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 3e-7, "output_cost_per_token": 6e-7 }, "other": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6 } }""";

    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task An_update_replaces_the_file_and_shows_what_changes()
    {
        _tool.Write("app.csproj", """<Project><ItemGroup><AdditionalFiles Include="prices.json" RouterPrices="true" /></ItemGroup></Project>""");
        _tool.Write("models.json", Models).Write("prices.json", Old).Write("new.json", New);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("prices", "diff", "--from", "new.json"));
        Assert.Equal(Old, _tool.Read("prices.json"));
        Assert.Matches(@"openai/gpt-6-luna │ input +│ 0\.15 │ 0\.3 │ \+100 % │", _tool.Out);
        Assert.Contains("1 of 2 models in use change their prices.", _tool.Out);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("prices", "update", "--from", "new.json", "--json"));
        Assert.Equal(New, _tool.Read("prices.json"));
        Assert.Equal(["cache read", "cache write", "input"], _tool.Json.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("price").GetString()!).Order());
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("prices", "diff", "--from", "new.json"));
        Assert.Contains("0 of 2 models in use", _tool.Out);
    }

    [Theory]
    [InlineData("{ 3", "new.json(1,2): this is no JSON")]
    [InlineData("{}", "new.json prices no model")]
    [InlineData("<html>", "this is no JSON")]
    public async Task What_is_no_price_map_changes_nothing(string text, string message)
    {
        _tool.Write("models.json", Models).Write("model_prices.json", Old).Write("new.json", text);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("prices", "update", "--from", "new.json"));
        Assert.Contains(message, _tool.Error);
        Assert.Contains("No file was changed.", _tool.Error);
        Assert.Equal(Old, _tool.Read("model_prices.json"));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_a_problem()
    {
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("prices", "update", "--from", "nowhere.json"));
        Assert.Contains("nowhere.json does not exist", _tool.Error);
    }

    [Fact]
    public async Task A_version_that_is_here_is_not_fetched_again()
    {
        List<string?> asked = [];
        using var server = new Server(context =>
        {
            string? known = context.Request.Headers["If-None-Match"];
            asked.Add(known);
            context.Response.Headers["ETag"] = "\"v1\"";
            if (known == "\"v1\"") context.Response.StatusCode = 304;
            else context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(New));
        });
        _tool.Write("models.json", Models);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("prices", "update", "--from", server.Address, "-o", "p.json"));
        Assert.Equal(New, _tool.Read("p.json"));
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("prices", "update", "--from", server.Address, "-o", "p.json"));
        Assert.Contains("p.json is the newest already.", _tool.Out);
        _tool.Write("p.json", Old);
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("prices", "update", "--from", server.Address, "-o", "p.json"));
        Assert.Equal(New, _tool.Read("p.json"));
        Assert.Equal([null, "\"v1\"", null], asked);
    }

    [Fact]
    public async Task A_refusal_a_flood_and_silence_change_nothing()
    {
        _tool.Write("p.json", Old);
        using (var refusing = new Server(context => context.Response.StatusCode = 503)) await FailAsync(refusing.Address, "answers 503");
        using (var flooding = new Server(Flood)) await FailAsync(flooding.Address, "more than 32 MB");
        string closed;
        using (var gone = new Server(_ => { })) closed = gone.Address;
        await FailAsync(closed, "cannot be reached");
        Assert.Equal(Old, _tool.Read("p.json"));
        Assert.Single(Directory.GetFiles(_tool.Directory));

        async Task FailAsync(string address, string message)
        {
            Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("prices", "update", "--from", address, "-o", "p.json"));
            Assert.Contains(message, _tool.Error);
        }
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up()
    {
        var arrived = new TaskCompletionSource();
        using var release = new ManualResetEventSlim();
        using var server = new Server(_ =>
        {
            arrived.SetResult();
            release.Wait(TestContext.Current.CancellationToken);
        });
        Task<int> running = _tool.RunAsync("prices", "update", "--from", server.Address, "-o", "p.json");
        await arrived.Task;
        _tool.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ExitCodes.Problems, await running);
        Assert.Contains("has not answered within 60 s", _tool.Error);
        release.Set();
    }

    private static void Flood(HttpListenerContext context)
    {
        byte[] block = new byte[1024 * 1024];
        Array.Fill(block, (byte)' ');
        for (int i = 0; i < 40; i++) context.Response.OutputStream.Write(block);
    }

    private sealed class Server : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Server(Action<HttpListenerContext> answer)
        {
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            }

            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = ServeAsync(answer);
        }

        public string Address { get; }

        public void Dispose() => _listener.Close();

        private async Task ServeAsync(Action<HttpListenerContext> answer)
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                await Task.Yield();
                try
                {
                    answer(context);
                    context.Response.Close();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
                {
                    // The client has gone.
                }
            }
        }
    }
}
