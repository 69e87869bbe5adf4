using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tools;

/// <summary>Writes the methods that write results as JSON.</summary>
internal static class ToolWriterEmitter
{
    public static void Write(SourceWriter writer, WriterSpec spec)
    {
        if (spec is EnumWriterSpec names)
        {
            WriteEnum(writer, names);
            return;
        }

        writer.Line($"private static void {spec.Method}(global::System.Text.Json.Utf8JsonWriter json, {spec.Type} value)");
        writer.Open();
        switch (spec)
        {
            case ListWriterSpec list: WriteList(writer, list); break;
            case DictionaryWriterSpec map: WriteDictionary(writer, map); break;
            case ObjectWriterSpec body: WriteObject(writer, body); break;
        }

        writer.Close();
    }

    private static void WriteList(SourceWriter writer, ListWriterSpec spec)
    {
        writer.Line("json.WriteStartArray();");
        writer.Line("foreach (var item in value)");
        writer.Open();
        WriteValue(writer, spec.Item, "item");
        writer.Close();
        writer.Line("json.WriteEndArray();");
    }

    private static void WriteDictionary(SourceWriter writer, DictionaryWriterSpec spec)
    {
        writer.Line("json.WriteStartObject();");
        writer.Line("foreach (var pair in value)");
        writer.Open();
        writer.Line("json.WritePropertyName(pair.Key);");
        writer.Line("var item = pair.Value;");
        WriteValue(writer, spec.Item, "item");
        writer.Close();
        writer.Line("json.WriteEndObject();");
    }

    private static void WriteObject(SourceWriter writer, ObjectWriterSpec spec)
    {
        writer.Line("json.WriteStartObject();");
        for (int i = 0; i < spec.Members.Count; i++)
        {
            MemberWriteSpec member = spec.Members[i];
            string variable = "member" + Literal.Of(i + 1);
            writer.Line($"json.WritePropertyName({Literal.Of(member.JsonName)});");
            writer.Line($"var {variable} = value.{member.Member};");
            WriteValue(writer, member.Write, variable);
        }

        writer.Line("json.WriteEndObject();");
    }

    private static void WriteEnum(SourceWriter writer, EnumWriterSpec spec)
    {
        writer.Line($"private static string {spec.Method}({spec.Type} value) => value switch");
        writer.Open();
        for (int i = 0; i < spec.Members.Count; i++) writer.Line($"{spec.Members[i]} => {Literal.Of(spec.Names[i])},");
        writer.Line("_ => value.ToString(),");
        writer.Close("};");
    }

    private static void WriteValue(SourceWriter writer, WriteSpec write, string variable)
    {
        string value = write.IsNullableValue ? variable + ".Value" : variable;
        string written = write.Method.Length == 0 ? $"global::RouterGen.Infrastructure.ToolJson.Write(json, {value});"
            : write.IsName ? $"json.WriteStringValue({write.Method}({value}));"
            : $"{write.Method}(json, {value});";
        writer.Line(write.CanBeNull ? $"if ({variable} is null) json.WriteNullValue(); else {written}" : written);
    }
}
