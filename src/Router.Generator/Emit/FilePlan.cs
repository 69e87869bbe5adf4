using System.Collections.Immutable;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>The files of a compilation. Decided for all classes at once, for only so can their names be unique.</summary>
internal sealed record FilePlan(
    EquatableArray<ClassFile> Classes,
    EquatableArray<ServicesFile> Services,
    EquatableArray<GroupFile> Groups,
    EquatableArray<ConstantsFile> Constants,
    EquatableArray<string> Codecs)
{
    private const string ConstantsPrefix = "RouterGen.Codecs.Constants.";

    public static FilePlan Of(ImmutableArray<ClassSpec> specs, CancellationToken cancellationToken)
    {
        // The compiler compares names of generated files without regard to case.
        var hints = new HashSet<string>(CodecSources.AllFiles.Select(CodecSources.HintName), StringComparer.OrdinalIgnoreCase);
        List<ClassFile> classes = [];
        List<ServicesFile> services = [];
        List<GroupFile> groups = [];
        List<DeploymentSpec> deployments = [.. specs.SelectMany(spec => spec.Groups).SelectMany(group => group.Deployments)];
        var constants = new ConstantsPlan(deployments);
        EquatableArray<ConstantsFile> constantsFiles = constants.All
            .Select(entry => new ConstantsFile(Claim(ConstantsPrefix + entry.Value, hints), entry.Value, entry.Key))
            .ToEquatableArray();
        List<ClassSpec> sorted = [.. specs.OrderBy(spec => spec.Header.QualifiedName, StringComparer.Ordinal)];
        foreach (ClassSpec spec in sorted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = spec.Header.QualifiedName.Substring("global::".Length);
            EquatableArray<GroupEntry> entries = spec.Groups
                .Select(group => new GroupEntry(group.Name, group.MemberName, group.TypeName, group.Kind, group.Fallbacks.Count > 0))
                .ToEquatableArray();
            classes.Add(new(Claim(name, hints), spec.Header, spec.Names, spec.CanConstruct, spec.OwnsClients, entries));
            groups.AddRange(spec.Groups.Select(group => new GroupFile(Claim(name + "." + group.MemberName, hints), spec.Header, group, constants.NamesFor(group))));
            if (spec.CanRegister) services.Add(new(Claim(name + ".Services", hints), spec.Header.Namespace, spec.Header.QualifiedName, ExtensionName(spec, sorted), spec.IsPublic, entries));
        }

        EquatableArray<string> codecs = CodecSources.FilesOf(deployments.Where(deployment => deployment.Client is null).Select(deployment => (deployment.Dialect, deployment.Connection.Platform, deployment.Kind)))
            .Union(CodecSources.FilesOfLibraries(deployments.SelectMany(deployment => deployment.Client?.Libraries ?? default)))
            .ToEquatableArray();
        return new(classes.ToEquatableArray(), services.ToEquatableArray(), groups.ToEquatableArray(), constantsFiles, codecs);
    }

    private static string ExtensionName(ClassSpec spec, List<ClassSpec> all) =>
        spec.Header.ExtensionName(all.Count(other => other.CanRegister && other.Header.Name == spec.Header.Name) < 2);

    private static string Claim(string name, HashSet<string> taken) => HintNames.Claim(name, "", taken);
}
