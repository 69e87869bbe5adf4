using System;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// The additional properties of requests for images that each API has a meaning for. One that other APIs have, and the request's own has not, is
/// left out and noted, so that a call which was made with one of them in mind can go on elsewhere.
/// </summary>
[Embedded]
internal static class CodecImageExtras
{
    /// <summary>OpenAI's GPT Image models. https://developers.openai.com/api/reference/resources/images/methods/generate</summary>
    public static readonly string[] GptImage = ["background", "input_fidelity", "moderation", "output_compression", "partial_images", "quality", "safety_identifier", "user"];

    /// <summary>Servers of OpenAI's API, with the members that servers of open models have.</summary>
    public static readonly string[] Compatible =
    [
        "background", "cfg_scale", "disable_safety_checker", "guidance", "guidance_scale", "height", "image_loras", "image_url", "moderation", "negative_prompt", "num_inference_steps", "output_compression", "output_format", "quality",
        "reference_images", "seed", "steps", "style", "user", "width",
    ];

    /// <summary>xAI. https://docs.x.ai/docs/guides/image-generation</summary>
    public static readonly string[] Xai = ["aspect_ratio", "quality", "resolution", "user"];

    /// <summary>Gemini's models: members of <c>generationConfig.imageConfig</c> and of <c>generationConfig</c>. https://ai.google.dev/gemini-api/docs/image-generation</summary>
    public static readonly string[] Gemini = ["aspectRatio", "imageSize", "safetySettings", "seed", "systemInstruction", "temperature", "thinkingConfig"];

    /// <summary>Imagen: members of <c>parameters</c>. https://ai.google.dev/gemini-api/docs/imagen</summary>
    public static readonly string[] Imagen =
    [
        "addWatermark", "aspectRatio", "enhancePrompt", "guidanceScale", "imageSize", "includeRaiReason", "includeSafetyAttributes", "language", "negativePrompt", "outputOptions", "personGeneration", "safetyFilterLevel", "safetySetting", "sampleImageSize",
        "seed", "storageUri",
    ];

    /// <summary>Amazon's models: members of <c>imageGenerationConfig</c>, and of the task's parameters. https://docs.aws.amazon.com/nova/latest/userguide/image-gen-access.html</summary>
    public static readonly string[] Amazon = ["cfgScale", "controlMode", "controlStrength", "height", "maskPrompt", "negativeText", "quality", "seed", "similarityStrength", "style", "width"];

    /// <summary>Stability's models. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html</summary>
    public static readonly string[] Stability = ["aspect_ratio", "cfg_scale", "mode", "negative_prompt", "output_format", "seed", "strength", "style_preset"];

    private static readonly string[][] All = [GptImage, Compatible, Xai, Gemini, Imagen, Amazon, Stability];

    /// <summary>Returns whether an API has a meaning for a name.</summary>
    public static bool IsKnown(string name) => Array.Exists(All, row => Array.IndexOf(row, name) >= 0);
}
