using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        if (!context.Request.HasFormContentType) return Invalid("The body must be a form (multipart/form-data) with a file.");
        IFormCollection form;
        using var late = new CancellationTokenSource(Options.BodyTimeout, Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            var limits = new FormOptions { ValueCountLimit = MostFields, MultipartBodyLengthLimit = Options.MaxRequestBytes, BufferBodyLengthLimit = Options.MaxRequestBytes };
            form = await context.Request.ReadFormAsync(limits, either.Token).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            return Invalid(exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            return GatewayError.Of(exception);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return GatewayError.TooSlow();
        }

        return Find(context, Text(form, "model"), out TGroup? group) ?? await AnswerAsync(context, group!, form).ConfigureAwait(false);
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
