package substance

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// wanted is an element and the members it may stand in, best first. The paths are
// of Open Badges 2.0 and 3.0, CLR 2.0, the European Learning Model 3, SD-JWT VC and
// Blockcerts; they do not contradict each other.
type wanted struct {
	id     string
	at     []string
	only   func(v any) bool // where the member may also say something else
	denies func(v any) bool // what it says is that there was none
	date   bool             // it is a day
}

const (
	achievement = "credentialSubject.achievement."
	claim       = "credentialSubject.hasClaim."
)

// The parts that make a credential portable, but for the signature.
var portable = []wanted{
	{id: "issuer", at: []string{"issuer", "badge.issuer", "iss"}},
	{id: "recipient", at: []string{
		"credentialSubject.name", "credentialSubject.fullName", "credentialSubject.identifier", "credentialSubject.id",
		"recipientProfile.name", "recipient.identity", "recipient", "family_name", "sub", "cnf",
	}},
	{id: "skill", at: []string{
		achievement + "alignment", claim + "specifiedBy.learningOutcome", "badge.alignment", achievement + "resultDescription.alignment",
		"skills", achievement + "tag", "badge.tags",
	}},
	{id: "criteria", at: []string{
		achievement + "criteria", "badge.criteria", claim + "specifiedBy.learningOutcomeSummary",
		claim + "provenBy.specifiedBy",
	}},
	{id: "evidence", at: []string{"evidence", "credentialSubject.evidence", claim + "provenBy"}, only: aboutWork},
	{id: "dates", at: []string{"validFrom", "issuanceDate", "issuedOn", "awardedDate", "nbf", "iat"}, date: true},
}

// The elements of the European description.
var european = []wanted{
	{id: "holder", at: portable[1].at},
	{id: "title-of", at: []string{achievement + "name", claim + "title", "badge.name", "name", "displayParameter.title", "vct"}},
	{id: "country", at: []string{
		claim + "awardedBy.awardingBody.location.address.countryCode", "issuer.location.address.countryCode",
		"issuer.address.addressCountry", "issuer.address.addressCountryCode", "issuing_country", "badge.issuer.address.addressCountry",
	}},
	{id: "body", at: []string{
		claim + "awardedBy.awardingBody.legalName", "issuer.legalName", "issuer.name", "badge.issuer.name", "issuing_authority", "issuer_name", "issuer",
	}},
	{id: "date", at: []string{
		claim + "awardedBy.awardingDate", "awardedDate", "issued", "validFrom", "issuanceDate", "issuedOn", "date_of_issuance", "iat",
	}, date: true},
	{id: "outcomes", at: portable[2].at[:4]},
	{id: "workload", at: []string{
		claim + "specifiedBy.creditPoint", claim + "creditReceived", claim + "specifiedBy.volumeOfLearning",
		"credentialSubject.creditsEarned", achievement + "creditsAvailable", claim + "influencedBy.workload", "workload",
	}},
	{id: "level", at: []string{
		claim + "specifiedBy.eqfLevel", claim + "specifiedBy.EQFLevel", claim + "specifiedBy.nqfLevel", "eqfLevel", "level",
		achievement + "alignment", "badge.alignment",
	}, only: aboutLevel},
	{id: "assessment", at: []string{
		claim + "provenBy.specifiedBy.dcType", claim + "provenBy.specifiedBy.mode", claim + "provenBy.title",
		achievement + "resultDescription.resultType", "credentialSubject.result",
	}},
	{id: "participation", at: []string{
		claim + "specifiedBy.mode", claim + "influencedBy.specifiedBy.mode", claim + "specifiedBy.learningSetting", "participation",
	}},
	{id: "quality", at: quality},
}

// quality is where somebody else vouches for how the issuer works.
var quality = []string{
	claim + "specifiedBy.accreditation", claim + "awardedBy.awardingBody.accreditation", "issuer.accreditation",
	"issuer.endorsement", "issuer.endorsementJwt", "badge.issuer.endorsement", achievement + "endorsement", achievement + "endorsementJwt",
	"badge.endorsement",
}

// The marks of a credible credential.
var credible = []wanted{
	{id: "assessed", at: []string{
		"credentialSubject.result", claim + "provenBy.grade", claim + "provenBy", achievement + "resultDescription", achievement + "achievementType",
	}, only: aboutAssessment},
	{id: "graded", at: []string{
		achievement + "resultDescription.rubricCriterionLevel", achievement + "resultDescription.allowedValue",
		achievement + "resultDescription.valueMax", claim + "provenBy.specifiedBy.gradingScheme",
	}},
	{id: "identity", at: []string{claim + "provenBy.idVerification"}, denies: withoutCheck},
	{id: "trail", at: []string{"evidence", "credentialSubject.evidence", claim + "provenBy.specifiedBy", claim + "supplementaryDocument"}, only: aboutWork},
	{id: "quality", at: quality},
}

var level = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(eqf|european qualifications? framework|qf-ehea|nqf|qualifications? framework|rqf|scqf)\b`)
})

// aboutLevel: an alignment is about a level where its framework is one of levels.
func aboutLevel(v any) bool {
	for _, m := range objects(v) {
		if m["targetFramework"] != nil || m["targetName"] != nil || m["frameworkName"] != nil {
			return level().MatchString(inEnglish(m["targetFramework"]) + " " + inEnglish(m["targetName"]) + " " + inEnglish(m["frameworkName"]))
		}
	}
	return true
}

// assessedTypes are types of achievement that are not awarded for being there
// (Open Badges 3.0, section B.3.1, AchievementType).
var assessedTypes = []string{
	"Assessment", "Certification", "Competency", "License", "Degree", "AssociateDegree", "BachelorDegree", "MasterDegree", "DoctoralDegree",
	"ProfessionalDoctorate", "ResearchDoctorate", "Diploma", "SecondarySchoolDiploma", "GeneralEducationDevelopment",
	"JourneymanCertificate", "MasterCertificate", "ApprenticeshipCertificate",
}

// aboutAssessment: of the types of achievement only some say that something was
// assessed; the other members always do.
func aboutAssessment(v any) bool {
	s, isText := v.(string)
	return !isText || slices.Contains(assessedTypes, s)
}

// mandate is a kind of evidence in the European vocabulary: by whose order the
// seal was set. It is about the issuer, not about anybody's work.
const mandate = "http://data.europa.eu/snb/evidence-type/c_18016257"

// aboutWork: evidence is of work unless all of it is a mandate.
func aboutWork(v any) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, aboutWork)
	}
	m, _ := v.(map[string]any)
	kind, _ := m["dcType"].(map[string]any)
	return kind["id"] != mandate
}

// inEnglish reads what is compared with English words.
func inEnglish(v any) string { return reader{}.line(v) }

// withoutCheck: the European vocabulary of supervision has values that say there
// was no check of who sat the assessment.
func withoutCheck(v any) bool {
	says := strings.ToLower(inEnglish(v))
	return strings.Contains(says, "without id") || strings.Contains(says, "no id")
}
