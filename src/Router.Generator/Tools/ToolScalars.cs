using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tools;

/// <summary>The types that the library reads by itself: by which method, and what their schema is. It writes all of them.</summary>
internal static class ToolScalars
{
    private static readonly ToolSchema Integer = new("integer");
    private static readonly ToolSchema Number = new("number");

    /// <summary>Returns the method and the schema of a type; null for one that is not in the table.</summary>
    public static (string Method, ToolSchema Schema)? Find(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ("ReadBoolean", new("boolean")),
        SpecialType.System_SByte => ("ReadSByte", Integer),
        SpecialType.System_Byte => ("ReadByte", Integer),
        SpecialType.System_Int16 => ("ReadInt16", Integer),
        SpecialType.System_UInt16 => ("ReadUInt16", Integer),
        SpecialType.System_Int32 => ("ReadInt32", Integer),
        SpecialType.System_UInt32 => ("ReadUInt32", Integer),
        SpecialType.System_Int64 => ("ReadInt64", Integer),
        SpecialType.System_UInt64 => ("ReadUInt64", Integer),
        SpecialType.System_Single => ("ReadSingle", Number),
        SpecialType.System_Double => ("ReadDouble", Number),
        SpecialType.System_Decimal => ("ReadDecimal", Number),
        SpecialType.System_String => ("ReadString", new("string")),
        SpecialType.System_Char => ("ReadChar", new("string", ",\"pattern\":\"^.$\"")),
        SpecialType.System_DateTime => ("ReadDateTime", Text("date-time")),
        _ => type.ToDisplayString() switch
        {
            "System.DateTimeOffset" => ("ReadDateTimeOffset", Text("date-time")),
            "System.DateOnly" => ("ReadDateOnly", Text("date")),
            "System.TimeOnly" => ("ReadTimeOnly", Text("time")),
            "System.TimeSpan" => ("ReadTimeSpan", new("string", ",\"pattern\":\"^-?(\\\\d+\\\\.)?\\\\d{2}:\\\\d{2}:\\\\d{2}(\\\\.\\\\d{1,7})?$\"")),
            "System.Guid" => ("ReadGuid", Text("uuid")),
            "System.Uri" => ("ReadUri", Text("uri")),
            "System.Text.Json.JsonElement" => ("ReadJson", new("")),
            _ => null,
        },
    };

    private static ToolSchema Text(string format) => new("string", $",\"format\":\"{format}\"");
}
