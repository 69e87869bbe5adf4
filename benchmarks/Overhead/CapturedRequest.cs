namespace RouterGen.Benchmarks.Overhead;

/// <summary>A request as RouterGen sent it, to be sent again, byte for byte, without RouterGen.</summary>
internal sealed class CapturedRequest(Uri address, KeyValuePair<string, string>[] headers, KeyValuePair<string, string>[] contentHeaders, byte[] body)
{
    public int BodyLength => body.Length;

    public HttpRequestMessage Create()
    {
        var content = new ByteArrayContent(body);
        foreach (KeyValuePair<string, string> header in contentHeaders) content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        foreach (KeyValuePair<string, string> header in headers) request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return request;
    }
}

/// <summary>Takes down the last request that goes through it.</summary>
internal sealed class CapturingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public CapturedRequest? Last { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Into a stream of our own: the content must stay as it was for the handler below.
        var body = new MemoryStream();
        await request.Content!.CopyToAsync(body, cancellationToken);
        Last = new CapturedRequest(
            request.RequestUri!,
            [.. request.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))],
            [.. request.Content.Headers.NonValidated.Where(header => header.Key is not "Content-Length").Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))],
            body.ToArray());
        return await base.SendAsync(request, cancellationToken);
    }
}
