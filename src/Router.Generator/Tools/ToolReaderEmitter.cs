using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tools;

/// <summary>Writes the methods that read what a model writes: enums, lists, dictionaries and objects.</summary>
internal static class ToolReaderEmitter
{
    public static void Write(SourceWriter writer, ReaderSpec reader)
    {
        if (reader is EnumReaderSpec names) writer.Line($"private static readonly string[] {names.Method}Names = [{string.Join(", ", names.Names.Select(Literal.Of))}];\n");
        writer.Line($"private static {reader.Type} {reader.Method}(global::RouterGen.Infrastructure.ToolValue value)");
        writer.Open();
        writer.Line($"if (value.Given is {reader.Type} given) return given;");
        switch (reader)
        {
            case EnumReaderSpec choice: WriteEnum(writer, choice); break;
            case ListReaderSpec list: WriteList(writer, list); break;
            case DictionaryReaderSpec map: WriteDictionary(writer, map); break;
            case ObjectReaderSpec body: WriteObject(writer, body); break;
        }

        writer.Close();
    }

    private static void WriteEnum(SourceWriter writer, EnumReaderSpec reader)
    {
        writer.Line($"return value.ReadChoice({reader.Method}Names) switch");
        writer.Open();
        for (int i = 0; i < reader.Members.Count; i++) writer.Line($"{Literal.Of(i)} => {reader.Members[i]},");
        writer.Line("_ => default,");
        writer.Close("};");
    }

    private static void WriteList(SourceWriter writer, ListReaderSpec reader)
    {
        writer.Line($"var list = new {reader.Made}();");
        writer.Line("if (!value.IsList(out var items)) return default!;");
        writer.Line($"foreach (var item in items.Items()) list.Add({reader.Item.OfItem("item")});");
        writer.Line(reader.IsArray ? "return list.ToArray();" : "return list;");
    }

    private static void WriteDictionary(SourceWriter writer, DictionaryReaderSpec reader)
    {
        writer.Line($"var map = new {reader.Made}();");
        writer.Line("if (!value.IsObject(out var members)) return default!;");
        writer.Line($"foreach (var member in members.Members()) map[member.Key] = {reader.Item.OfItem("member.Value")};");
        writer.Line("return map;");
    }

    private static void WriteObject(SourceWriter writer, ObjectReaderSpec reader)
    {
        writer.Line("if (!value.IsObject(out var members)) return default!;");
        foreach (MemberReadSpec member in reader.Members) WriteMember(writer, member);
        writer.Line("if (members.IsInvalid) return default!;");
        string arguments = string.Join(", ", reader.Members.Where(member => member.Way is MemberWay.Constructor).Select(member => member.Variable));
        List<string> initialized = [.. reader.Members.Where(member => member.Way is MemberWay.Initializer).Select(member => $"{member.Member} = {member.Variable}")];
        string made = $"new {reader.Type}({arguments}){(initialized.Count > 0 ? $" {{ {string.Join(", ", initialized)} }}" : "")}";
        List<MemberReadSpec> later = [.. reader.Members.Where(member => IsLater(member))];
        if (later.Count == 0)
        {
            writer.Line($"return {made};");
            return;
        }

        writer.Line($"var made = {made};");
        foreach (MemberReadSpec member in later)
        {
            string assigned = member.Way is MemberWay.With ? $"made = made with {{ {member.Member} = {member.Variable} }};" : $"made.{member.Member} = {member.Variable};";
            writer.Line($"if ({VariableNames.Has(member.Variable)}) {assigned}");
        }

        writer.Line("return made;");
    }

    private static void WriteMember(SourceWriter writer, MemberReadSpec member)
    {
        string name = Literal.Of(member.JsonName), given = VariableNames.Given(member.Variable);
        if (IsLater(member))
        {
            string has = VariableNames.Has(member.Variable);
            writer.Line($"bool {has} = members.Has({name}, out var {given});");
            writer.Line($"{member.Read.FullType} {member.Variable} = {has} ? {member.Read.Of(given)} : default!;");
            return;
        }

        writer.Line(member.Default is null
            ? $"{member.Read.FullType} {member.Variable} = {member.Read.Of($"members.Require({name})")};"
            : $"{member.Read.FullType} {member.Variable} = members.Has({name}, out var {given}) ? {member.Read.Of(given)} : {member.Default};");
    }

    private static bool IsLater(MemberReadSpec member) => member.Way is MemberWay.Setter or MemberWay.With;
}
