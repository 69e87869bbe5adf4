using System.Buffers;
using System.Net;

// What a gateway costs at least on this framework: it reads a request whole, puts another model's name into it, and hands on whatever comes back, at once.
// Usage: minimal UPSTREAM, with the port in ASPNETCORE_URLS.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([]);
builder.Logging.ClearProviders();
WebApplication app = builder.Build();
using var client = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
string upstream = args[0];

app.MapPost("/v1/{**path}", async (HttpContext context) =>
{
    byte[] body = await ReadAsync(context);
    using var request = new HttpRequestMessage(HttpMethod.Post, upstream + context.Request.Path) { Content = new ByteArrayContent(Spliced(body)) };
    request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
    request.Headers.TryAddWithoutValidation("Authorization", "Bearer sk-upstream");
    using HttpResponseMessage response = await client.SendAsync(request, context.RequestAborted);
    context.Response.StatusCode = (int)response.StatusCode;
    context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
    context.Response.ContentLength = response.Content.Headers.ContentLength;
    await using Stream answer = await response.Content.ReadAsStreamAsync(context.RequestAborted);
    while (true)
    {
        int read = await answer.ReadAsync(context.Response.BodyWriter.GetMemory(4096), context.RequestAborted);
        if (read == 0) break;
        context.Response.BodyWriter.Advance(read);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
});

app.Run();

static async Task<byte[]> ReadAsync(HttpContext context)
{
    while (true)
    {
        System.IO.Pipelines.ReadResult read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
        if (!read.IsCompleted)
        {
            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            continue;
        }

        byte[] body = read.Buffer.ToArray();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        return body;
    }
}

static byte[] Spliced(byte[] body)
{
    ReadOnlySpan<byte> member = "\"model\":\""u8, model = "gpt-6-luna"u8;
    int start = body.AsSpan().IndexOf(member) + member.Length;
    int end = start + body.AsSpan(start).IndexOf((byte)'"');
    byte[] spliced = new byte[start + model.Length + body.Length - end];
    body.AsSpan(0, start).CopyTo(spliced);
    model.CopyTo(spliced.AsSpan(start));
    body.AsSpan(end).CopyTo(spliced.AsSpan(start + model.Length));
    return spliced;
}
