using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Changes of images: https://platform.openai.com/docs/api-reference/images/createEdit.</summary>
internal sealed class ImageEditsEndpoint(KindServices services) : FormEndpoint<ImageGroup>(services)
{
    private static readonly string[] Known = ["model", "prompt", "n", "size", "response_format", "output_format", "stream", "partial_images"];

    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, ImageGroup group, IFormCollection form)
    {
        if (Text(form, "prompt") is not { } prompt) return Invalid("prompt: must be a text.", "prompt");
        IFormFile[] images = [.. form.Files.Where(static file => file.Name is "image" or "image[]")];
        if (images.Length == 0) return Invalid("image: must be a file.", "image");
        if (ImagesEndpoint.OptionsOf(Text(form, "size"), Whole(form, "n"), Text(form, "output_format"), Text(form, "response_format"), out ImageGenerationOptions options) is { } error) return error;
        foreach (string name in form.Keys.Where(static name => !Known.Contains(name))) (options.AdditionalProperties ??= [])[name] = Text(form, name);
        List<MediaFile> files = [];
        foreach (IFormFile image in images) files.Add(await FileAsync(image, context.RequestAborted).ConfigureAwait(false));
        MediaFile? mask = form.Files.GetFile("mask") is { } stated ? await FileAsync(stated, context.RequestAborted).ConfigureAwait(false) : null;
        if (Text(form, "stream") is "true")
        {
            options.StreamingCount = (int?)Whole(form, "partial_images");
            options.ResponseFormat = ImageGenerationResponseFormat.Data;
            var events = new ImageEvents("image_edit", AskedImage.Of(name => Text(form, name)), Time);
            return await StreamAsync(context, group, group.StreamEditAsync(prompt, files, mask, Routing(context), options, context.RequestAborted), events).ConfigureAwait(false);
        }

        RoutedImages answer = await group.EditAsync(prompt, files, mask, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        return await SendAsync(context, group, answer, json => ImageJson.Write(json, answer, Time.GetUtcNow())).ConfigureAwait(false);
    }

    private static int? Whole(IFormCollection form, string name) => int.TryParse(Text(form, name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
