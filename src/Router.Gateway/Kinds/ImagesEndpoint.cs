using System.Drawing;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Images of texts: https://platform.openai.com/docs/api-reference/images/create.</summary>
internal sealed class ImagesEndpoint(KindServices services) : KindEndpoint<ImageGroup>(services)
{
    private static readonly string[] Known = ["model", "prompt", "n", "size", "response_format", "output_format", "stream", "partial_images"];

    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, ImageGroup group, JsonElement request)
    {
        if (request.Text("prompt"u8) is not { } prompt) return Invalid("prompt: must be a text.", "prompt");
        if (OptionsOf(request.Text("size"u8), request.Integer("n"u8), request.Text("output_format"u8), request.Text("response_format"u8), out ImageGenerationOptions options) is { } error) return error;
        options.AdditionalProperties = request.Others(Known);
        if (request.Flag("stream"u8) is true)
        {
            options.StreamingCount = (int?)request.Integer("partial_images"u8);
            options.ResponseFormat = ImageGenerationResponseFormat.Data;
            AskedImage asked = AskedImage.Of(name => request.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null);
            return await StreamAsync(context, group, group.StreamAsync(prompt, Routing(context), options, context.RequestAborted), new ImageEvents("image_generation", asked, Time)).ConfigureAwait(false);
        }

        RoutedImages answer = await group.GenerateAsync(prompt, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        return await SendAsync(context, group, answer, json => ImageJson.Write(json, answer, Time.GetUtcNow())).ConfigureAwait(false);
    }

    /// <summary>Reads what requests for new and for changed images have in common.</summary>
    public static GatewayError? OptionsOf(string? size, long? count, string? format, string? answerFormat, out ImageGenerationOptions options)
    {
        options = new ImageGenerationOptions
        {
            Count = (int?)count,
            MediaType = format is null ? null : "image/" + format,
            ResponseFormat = answerFormat switch { "url" => ImageGenerationResponseFormat.Uri, "b64_json" => ImageGenerationResponseFormat.Data, _ => null },
        };
        if (size is null or "auto") return null;
        string[] sides = size.Split('x');
        if (sides.Length != 2 || !int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height))
            return Invalid("size: must be auto, or width and height such as 1024x1024.", "size");
        options.ImageSize = new Size(width, height);
        return null;
    }
}
