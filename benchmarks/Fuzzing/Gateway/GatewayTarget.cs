using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RouterGen.Fuzzing;

/// <summary>
/// Requests to the gateway, as text: a line with method and path, headers, an empty line, the body. Providers always answer, so that each request has an answer or an error
/// that is the client's, in the form of a dialect; none is a fault of the gateway or of a provider, and none hangs.
/// </summary>
/// <param name="name">The name of the target.</param>
/// <param name="seeds">Requests to begin with.</param>
internal sealed class GatewayTarget(string name, string[] seeds) : Target
{
    private static readonly int[] Expected = [200, 400, 401, 404, 405, 413, 415, 426];

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 }; // An answer of Responses repeats what was asked.

    // One for all targets: it keeps nothing of a request.
    private static readonly Lazy<FuzzedGateway> Gateway = new(static () => new FuzzedGateway());

    public override string Name => name;

    public override IEnumerable<string> Seeds => seeds;

    public override void Run(byte[] input)
    {
        FuzzedGateway gateway = Gateway.Value;
        (int status, string type, byte[] body)? response = gateway.Send(RequestOf(input));
        if (response is null) throw new TimeoutException("The request hangs.");
        string? problem = gateway.Providers.TakeProblem();
        Demand(problem is null, problem ?? "");
        (int status, string type, byte[] body) = response!.Value;
        Demand(Expected.Contains(status), $"The status is {status}: {Encoding.UTF8.GetString(body)}");
        Demand(body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(FuzzedProviders.Key)) < 0 && body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(FuzzedProviders.MasterKey)) < 0, "The answer has a key.");
        if (status is not 200) CheckError(body, type);
        else if (type.StartsWith("application/json", StringComparison.Ordinal)) using (JsonDocument.Parse(body, Deep)) return;
        else if (type.StartsWith("text/event-stream", StringComparison.Ordinal)) CheckEvents(Encoding.UTF8.GetString(body));
    }

    private static void CheckError(byte[] body, string type)
    {
        if (body.Length == 0) return; // of HEAD, or of a path that is none of the gateway's
        Demand(type == "application/json", $"An error is {type}.");
        using var json = JsonDocument.Parse(body);
        Demand(json.RootElement.GetProperty("error").GetProperty("message").GetString() is { Length: > 0 and < 4000 }, "An error says nothing, or too much.");
    }

    private static void CheckEvents(string stream)
    {
        Demand(stream.EndsWith("\n\n", StringComparison.Ordinal), "A stream ends in the midst of an event.");
        foreach (string line in stream.Split('\n'))
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal) || line is "data: [DONE]") continue;
            using var json = JsonDocument.Parse(line["data: ".Length..], Deep);
            Demand(!json.RootElement.TryGetProperty("error", out JsonElement error) || error.ValueKind is JsonValueKind.Null, $"A stream ends with an error: {line}");
        }
    }

    /// <summary>Returns the request that a text is: what a server would refuse before any application sees it is left out.</summary>
    private static HttpRequestFeature RequestOf(byte[] input)
    {
        int end = input.AsSpan().IndexOf("\n\n"u8);
        string[] lines = Encoding.Latin1.GetString(input, 0, end < 0 ? input.Length : end).Split('\n');
        string[] line = lines[0].Split(' ', 3);
        string target = line.Length > 1 && line[1].StartsWith('/') && line[1].All(static letter => letter is > ' ' and < '\x7f') ? line[1] : "/";
        int query = target.IndexOf('?');
        var request = new HttpRequestFeature
        {
            Method = line[0].Length > 0 && line[0].All(char.IsAsciiLetter) ? line[0] : "POST",
            Scheme = "http",
            Protocol = "HTTP/1.1",
            Path = query < 0 ? target : target[..query],
            QueryString = query < 0 ? "" : target[query..],
            Body = new MemoryStream(end < 0 ? [] : input[(end + 2)..]),
        };
        request.Headers["Authorization"] = "Bearer " + FuzzedProviders.MasterKey;
        foreach (string header in lines.Skip(1))
        {
            int colon = header.IndexOf(':');
            if (colon <= 0 || !header.AsSpan(0, colon).ToArray().All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || header.Any(char.IsControl)) continue;
            if (header.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase)) continue; // which a server keeps to
            request.Headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        return request;
    }
}
