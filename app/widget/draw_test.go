package widget
import ("testing";"image/png";"os";"fyne.io/fyne/v2";"github.com/cairnwallet/cairn/app/look")
func TestDraw(t *testing.T){
 for vn,v:=range variants { for n,f:=range map[string]func() fyne.CanvasObject{"badges":badgesPage,"pathway":pathwayPage,"share":sharePage,"rest":restPage}{ t.Run(n+vn, func(t *testing.T){
  w:=stage(t,v,fyne.NewSize(1280,800),f)
  if n=="badges" { w.SetContent(NewGround(look.Background, badgesPage())) ; w.SetPadded(false); w.Resize(fyne.NewSize(1280,800)) }
  o,_:=os.Create("/tmp/cairn/a1/"+n+"-"+vn+".png"); png.Encode(o,shot(w)); o.Close()})
 }}
}
