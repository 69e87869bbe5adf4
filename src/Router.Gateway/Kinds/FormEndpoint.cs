using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Answers requests that are forms with files.</summary>
/// <typeparam name="TGroup">The groups that serve the kind.</typeparam>
/// <param name="services">What endpoints share.</param>
internal abstract class FormEndpoint<TGroup>(KindServices services) : KindEndpoint<TGroup>(services)
    where TGroup : ModelGroup
{
    private const int MostFields = 64;

    private protected override async Task<GatewayError?> ReadAndAnswerAsync(HttpContext context)
    {
        if (BodyForm.CheckEncoding(context) is { } packed) return packed;
        if (!context.Request.HasFormContentType) return Invalid("The body must be a form (multipart/form-data) with a file.");
        (byte[] body, GatewayError? error) = await RequestBody.ReadAsync(context, Options).ConfigureAwait(false);
        if (error is not null) return error;
        (IFormCollection? form, error) = await ParseAsync(context.Request, body).ConfigureAwait(false);
        if (form is null) return error;
        await GatewayCall.Of(context).FindCustomerAsync(Text(form, "user")).ConfigureAwait(false);
        return Find(context, Text(form, "model"), out TGroup? group) ?? await AnswerAsync(context, group!, form).ConfigureAwait(false);
    }

    // The framework's reader aborts the connection of a form that is late, and keeps large files on the disk, which may be read-only: so it gets the whole body, in memory.
    private async Task<(IFormCollection? Form, GatewayError? Error)> ParseAsync(HttpRequest request, byte[] body)
    {
        try
        {
            request.Body = new MemoryStream(body);
            var limits = new FormOptions { ValueCountLimit = MostFields, MultipartBodyLengthLimit = Options.MaxRequestBytes, BufferBodyLengthLimit = Options.MaxRequestBytes, MemoryBufferThreshold = body.Length + 1 };
            return (await request.ReadFormAsync(limits, CancellationToken.None).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return (null, Invalid(exception.Message)); // a form that is none, or ends before it is whole
        }
    }

    /// <summary>Answers a request that is a form.</summary>
    private protected abstract Task<GatewayError?> AnswerAsync(HttpContext context, TGroup group, IFormCollection form);

    private protected static string? Text(IFormCollection form, string name) => form.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) && values.Count > 0 ? values[0] : null;

    private protected static float? Number(IFormCollection form, string name) => float.TryParse(Text(form, name), NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : null;

    private protected static async Task<MediaFile> FileAsync(IFormFile file, CancellationToken cancellationToken)
    {
        Stream stream = file.OpenReadStream();
        await using (stream.ConfigureAwait(false))
        {
            string? mediaType = file.ContentType is { Length: > 0 } stated and not "application/octet-stream" ? stated : null;
            return await MediaFile.FromStreamAsync(stream, mediaType, file.FileName, cancellationToken).ConfigureAwait(false);
        }
    }
}
