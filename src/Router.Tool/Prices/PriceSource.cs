using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Output;

namespace RouterGen.Tool.Prices;

/// <summary>Where a price map comes from: an address or a file.</summary>
internal static class PriceSource
{
    /// <summary>LiteLLM's price map.</summary>
    public const string Default = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json";

    private const int MaxBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Reads a price map.</summary>
    /// <param name="from">An address, or a file.</param>
    /// <param name="target">The file that it is to replace, whose version need not be fetched again.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The text; null where the target has it already.</returns>
    /// <exception cref="ToolException">It cannot be had.</exception>
    public static async Task<FetchedPrices?> ReadAsync(string from, string target, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        if (!from.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !from.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            string path = environment.PathOf(from);
            return File.Exists(path) ? new(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), null) : throw ToolException.Problem($"{environment.Shown(path)} does not exist: state an address or a file with --from.");
        }

        using SocketsHttpHandler handler = environment.Handler();
        handler.AutomaticDecompression = DecompressionMethods.All;
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, from);
        if (ETagOf(target, from) is { } known) request.Headers.IfNoneMatch.Add(known);
        using var timeout = new CancellationTokenSource(Timeout, environment.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, ending.Token).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotModified) return null;
            if (!response.IsSuccessStatusCode) throw ToolException.Problem($"{from} answers {(int)response.StatusCode}: look at the address, or state a file with --from. No file was changed.");
            return new(await ReadAsync(response.Content, from, ending.Token).ConfigureAwait(false), response.Headers.ETag);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ToolException.Problem($"{from} has not answered within {Timeout.TotalSeconds:0} s. No file was changed.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ToolException.Problem($"{from} cannot be reached: {exception.Message}. Look at the network and the proxy, or state a file with --from. No file was changed.");
        }
    }

    /// <summary>Remembers the version of what was written, beside it.</summary>
    public static Task RememberAsync(string target, string from, FetchedPrices fetched, CancellationToken cancellationToken) =>
        fetched.ETag is { } tag ? FileReplacement.ReplaceAsync(target + ".etag", $"{tag}\n{from}\n{HashOf(fetched.Text)}\n", cancellationToken) : Task.CompletedTask;

    // Only that of a file which nothing else has changed since.
    private static EntityTagHeaderValue? ETagOf(string target, string from)
    {
        if (!File.Exists(target) || !File.Exists(target + ".etag")) return null;
        string[] lines = File.ReadAllLines(target + ".etag");
        return lines.Length >= 3 && lines[1] == from && lines[2] == HashOf(File.ReadAllText(target)) && EntityTagHeaderValue.TryParse(lines[0], out EntityTagHeaderValue? tag) ? tag : null;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<string> ReadAsync(HttpContent content, string from, CancellationToken cancellationToken)
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var text = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            text.Write(buffer, 0, read);
            if (text.Length > MaxBytes) throw ToolException.Problem($"{from} has more than {MaxBytes / 1024 / 1024} MB, which no price map has. No file was changed.");
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}

/// <summary>A price map that was read.</summary>
/// <param name="Text">The text.</param>
/// <param name="ETag">Its version; null where none is stated.</param>
internal sealed record FetchedPrices(string Text, EntityTagHeaderValue? ETag);
