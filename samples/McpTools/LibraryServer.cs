using System.ComponentModel;
using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpTools;

/// <summary>An MCP server in the process of its client: two pipes stand for the input and output of a program.</summary>
internal sealed class LibraryServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly McpServer _server;
    private readonly Task _run;

    private LibraryServer(McpServer server, IClientTransport clientTransport)
    {
        _server = server;
        ClientTransport = clientTransport;
        _run = server.RunAsync(_stopping.Token);
    }

    public IClientTransport ClientTransport { get; }

    public static LibraryServer Start()
    {
        Pipe toServer = new(), toClient = new();
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "library", Version = "1.0" },
            ToolCollection = [McpServerTool.Create(FindBook, new McpServerToolCreateOptions { Name = "find_book" })],
        };
        var server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), options);
        return new LibraryServer(server, new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    [Description("Finds a book by its title.")]
    private static string FindBook([Description("The title, or a part of it.")] string title) =>
        title == "Emma" ? "Emma, by Jane Austen, is on shelf 12." : $"There is no \"{title}\".";
}
