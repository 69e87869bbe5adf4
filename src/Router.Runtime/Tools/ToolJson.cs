using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace RouterGen.Infrastructure;

/// <summary>Writes results of tools as JSON, without the serializer. Called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ToolJson
{
    /// <summary>Gets the JSON of nothing: what a model reads of a result that is null.</summary>
    public static object Null { get; } = JsonDocument.Parse("null"u8.ToArray()).RootElement;

    /// <summary>Returns a value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="write">Writes it.</param>
    public static object ToElement<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json, value);
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter json, string value) => Given(json).WriteStringValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, bool value) => Given(json).WriteBooleanValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, char value) => Given(json).WriteStringValue([value]);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, int value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, uint value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, long value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, ulong value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, float value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, double value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, decimal value) => Given(json).WriteNumberValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, DateTime value) => Given(json).WriteStringValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, DateTimeOffset value) => Given(json).WriteStringValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, DateOnly value) => Given(json).WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, TimeOnly value) => Given(json).WriteStringValue(value.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, TimeSpan value) => Given(json).WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, Guid value) => Given(json).WriteStringValue(value);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, Uri value) => Given(json).WriteStringValue(value?.OriginalString);

    /// <inheritdoc cref="Write(Utf8JsonWriter, string)"/>
    public static void Write(Utf8JsonWriter json, JsonElement value) => value.WriteTo(Given(json));

    private static Utf8JsonWriter Given(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json;
    }
}
