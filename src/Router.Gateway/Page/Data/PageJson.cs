using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Page.Data;

/// <summary>Writes the page's data. What could be taken for HTML is escaped, although the page takes nothing for HTML.</summary>
internal static class PageJson
{
    /// <summary>Answers with an object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="write">Writes its members.</param>
    public static async Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Answers that there is nothing of that name.</summary>
    public static Task SendErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, json =>
        {
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, message);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes a time in milliseconds, to a hundredth; nothing where there is none.</summary>
    public static void WriteMilliseconds(this Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known) json.WriteNumber(name, Math.Round(known.TotalMilliseconds, 2));
    }

    /// <summary>Writes a text; nothing where there is none.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    /// <summary>Writes a number; nothing where there is none.</summary>
    public static void WriteKnown(this Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
    }

    /// <summary>Writes a number that was measured, to three digits after the point; nothing where there is none.</summary>
    public static void WriteMeasured(this Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known) json.WriteNumber(name, Math.Round(known, 3));
    }

    /// <summary>Writes an item of an array that may lack it.</summary>
    public static void WriteMeasuredValue(this Utf8JsonWriter json, double? number)
    {
        if (number is { } known) json.WriteNumberValue(Math.Round(known, 9));
        else json.WriteNullValue();
    }
}
