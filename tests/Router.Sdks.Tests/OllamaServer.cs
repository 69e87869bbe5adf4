using System.Net;
using System.Text;

namespace RouterGen.Sdks.Tests;

/// <summary>As much of Ollama as a chat needs, on a loopback port.</summary>
internal sealed class OllamaServer : IDisposable
{
    private const string Answer = """
        {"model":"tiny","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"hel"},"done":false}
        {"model":"tiny","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"lo"},"done":true,"done_reason":"stop","prompt_eval_count":10,"eval_count":5}

        """;

    private readonly HttpListener _listener;

    public OllamaServer()
    {
        for (int port = 42_100; ; port++)
        {
            _listener = new HttpListener();
            Address = new Uri($"http://127.0.0.1:{port}/");
            _listener.Prefixes.Add(Address.ToString());
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (port < 42_200)
            {
                // Another program has it.
            }
        }

        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Gets or sets the status of the next answers, and what they hold.</summary>
    public (int Status, string Body) Next { get; set; } = (200, Answer);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                context.Response.StatusCode = Next.Status;
                context.Response.ContentType = "application/x-ndjson";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Next.Body));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
