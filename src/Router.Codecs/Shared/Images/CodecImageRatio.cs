using System;
using System.Drawing;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Sizes of images for models that are told a ratio in their place: the nearest that they know.</summary>
[Embedded]
internal static class CodecImageRatio
{
    /// <summary>The ratios of xAI. https://docs.x.ai/docs/guides/image-generation</summary>
    public static readonly string[] Xai = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "2:1", "1:2"];

    /// <summary>The ratios of Gemini's models. https://ai.google.dev/gemini-api/docs/image-generation</summary>
    public static readonly string[] Gemini = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];

    /// <summary>The ratios of Imagen. https://ai.google.dev/gemini-api/docs/imagen</summary>
    public static readonly string[] Imagen = ["1:1", "3:4", "4:3", "9:16", "16:9"];

    /// <summary>The ratios of Stability's models. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html</summary>
    public static readonly string[] Stability = ["16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"];

    /// <summary>The pixels of the largest images that are called 1K, whatever their ratio.</summary>
    public const long PixelsOf1K = 1_600_000;

    /// <summary>The pixels of the largest images that are called 2K.</summary>
    public const long PixelsOf2K = 6_400_000;

    /// <summary>Returns the pixels of a size.</summary>
    public static long Pixels(Size size) => (long)size.Width * size.Height;

    /// <summary>Returns the ratio that is nearest to a size, and notes that it is sent in its place.</summary>
    public static string Of(Size size, RequestWriter body, string[] ratios)
    {
        double asked = Math.Log((double)size.Width / size.Height);
        string nearest = ratios[0];
        double distance = double.MaxValue;
        foreach (string ratio in ratios)
        {
            int colon = ratio.IndexOf(':', StringComparison.Ordinal);
            double difference = Math.Abs(asked - Math.Log((double)Number(ratio.AsSpan(0, colon)) / Number(ratio.AsSpan(colon + 1))));
            if (difference >= distance) continue;
            nearest = ratio;
            distance = difference;
        }

        body.Note("size: the ratio " + nearest + " in its place");
        return nearest;
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        int number = 0;
        foreach (char digit in digits) number = number * 10 + (digit - '0');
        return number;
    }
}
