import type { ViewPictures } from '../reprojection/result';
import { fixed } from './format';
import { html, pictureAddress, type Html } from './html';
import { methodOrder, methodStyles } from './series';

/** All pictures of one view beside each other. */
export function viewPictures(view: ViewPictures): Html {
  const { psnrDb, byMethod } = view;
  const drawn = methodOrder.filter((method) => byMethod[method]);
  return html`<div class="view"><h3>${view.title}</h3>
<div class="pictures">
${picture('truth', '', view.truth)}
${drawn.map((method) => picture(methodStyles[method].label, psnrDb[method] === null ? '' : `${fixed(psnrDb[method], 2)} dB`, byMethod[method], method === 'layers'))}
${picture('what is new in this view', 'occluded orange, outside blue', view.masks)}
${picture('which layer ours shows', 'newest grey, older hues, guessed red, sky blue, nothing black', view.layerMap)}
</div></div>\n`;
}

function picture(name: string, note: string, address: string, ours = false): Html {
  return html`<figure${ours && html` class="ours"`}><img src="${pictureAddress(address)}" alt="${name}"><figcaption>${name}${note !== '' && html` · ${note}`}</figcaption></figure>`;
}
