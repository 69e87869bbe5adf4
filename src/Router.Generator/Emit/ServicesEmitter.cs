using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Emit;

/// <summary>Writes the registration of an instance class with a service collection.</summary>
internal static class ServicesEmitter
{
    private const string Namespace = "Microsoft.Extensions.DependencyInjection";
    private const string Collection = "global::" + Namespace + ".IServiceCollection";
    private const string AddService = "global::" + Namespace + ".ServiceCollectionServiceExtensions";
    private const string GetService = "global::" + Namespace + ".ServiceProviderServiceExtensions";
    private const string ChatClient = "global::Microsoft.Extensions.AI.IChatClient";

    public static string HintName(ClassFile file) => file.HintName.Replace(".g.cs", ".Services.g.cs");

    public static SourceText Emit(ClassFile file, ServicesSpec services)
    {
        string type = file.Class.QualifiedName;
        SourceWriter writer = SourceWriter.StartFile(Namespace);
        writer.Write($"""
            /// <summary>Registers <see cref="{type}"/>.</summary>
            {CodeNames.GeneratedCode}
            {(services.IsPublic ? "public" : "internal")} static class {file.ExtensionName}ServiceCollectionExtensions
            """);
        writer.Open();
        writer.Write($"""
            /// <summary>
            /// Adds <see cref="{type}"/> as a singleton, and each of its groups as a chat client under the group's name.
            /// </summary>
            /// <param name="services">The services.</param>
            /// <param name="configure">Changes the options, which take what they can from the services.</param>
            /// <returns>The services.</returns>
            public static {Collection} Add{file.ExtensionName}(
                this {Collection} services,
                global::System.Action<{CodeNames.RouterOptions}>? configure = null)
            """);
        writer.Open();
        writer.Line($"{AddService}.AddSingleton<{type}>(services, provider =>");
        writer.Open();
        writer.Write($$"""
            var options = {{CodeNames.RouterOptions}}.FromServices(provider);
            configure?.Invoke(options);
            return new {{type}}(options);
            """);
        writer.Close("});");
        foreach (GroupEntry group in file.Groups)
        {
            writer.Line($"{AddService}.AddKeyedSingleton<{ChatClient}>(services, {Literal.Of(group.Name)}, static (provider, _) => {GetService}.GetRequiredService<{type}>(provider).{group.MemberName});");
        }

        writer.Line("return services;");
        writer.Close();
        writer.Close();
        return writer.ToSourceText();
    }
}
