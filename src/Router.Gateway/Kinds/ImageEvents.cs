using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Kinds;

/// <summary>
/// Images as events: those that still take shape, where the model gives them, then each image (https://platform.openai.com/docs/api-reference/images-streaming). The last one says what was counted.
/// </summary>
/// <param name="of">What the events are of: <c>image_generation</c> or <c>image_edit</c>.</param>
/// <param name="asked">What was asked for, which the events repeat.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageEvents(string of, AskedImage asked, TimeProvider time) : KindEvents<ImageUpdate>
{
    private GeneratedImage? _last;

    private protected override void Write(ImageUpdate update)
    {
        bool isEnd = update is RoutedImageUpdate;
        if (update is { IsPartial: true, Image: { } partial })
        {
            WriteImage(".partial_image", partial, json => json.WriteNumber("partial_image_index"u8, update.PartialIndex));
        }
        else if (update.Image is { } whole)
        {
            End(usage: null);
            _last = whole;
        }

        if (isEnd) End(update.Usage);
    }

    // An image waits for what comes behind it, which may be what was counted.
    private void End(UsageDetails? usage)
    {
        if (_last is not { } image) return;
        _last = null;
        WriteImage(".completed", image, json =>
        {
            json.WritePropertyName("usage"u8);
            ImageJson.WriteUsage(json, usage);
        });
    }

    private void WriteImage(string type, GeneratedImage image, Action<Utf8JsonWriter> write) => WriteEvent(of + type, json =>
    {
        if (image.Uri is { } address) json.WriteString("url"u8, address.ToString());
        else json.WriteBase64String("b64_json"u8, image.Data.Span);
        json.WriteNumber("created_at"u8, time.GetUtcNow().ToUnixTimeSeconds());
        json.WriteString("size"u8, asked.Size);
        json.WriteString("quality"u8, asked.Quality);
        json.WriteString("background"u8, asked.Background);
        json.WriteString("output_format"u8, image.MediaType is { } media && media.StartsWith("image/", StringComparison.Ordinal) ? media["image/".Length..] : asked.Format);
        write(json);
    });
}

/// <summary>What was asked for of images, in the words of the request.</summary>
/// <param name="Size">Their size.</param>
/// <param name="Quality">Their quality.</param>
/// <param name="Background">Their background.</param>
/// <param name="Format">Their format.</param>
internal sealed record AskedImage(string Size, string Quality, string Background, string Format)
{
    /// <summary>Returns what a request asks for.</summary>
    /// <param name="find">Returns a member of the request; null where it has none.</param>
    public static AskedImage Of(Func<string, string?> find) => new(find("size") ?? "auto", find("quality") ?? "auto", find("background") ?? "auto", find("output_format") ?? "png");
}
